import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { writePrivateFile } from './data-dir-private-file.ts'

/** Below 32768, where Linux begins to hand out ports to outgoing connections, which would now and then be in ours. */
const FIRST_PORT = 20_000
const PORTS = 12_000

/**
 * A free port for the embedded server, 20000 to 31999: the one this data directory had last time, else the next free
 * one after a start that differs from directory to directory. It is remembered.
 */
export async function choosePort(dataDirectory: string): Promise<number> {
  const path = join(dataDirectory, 'postgres-port')
  const remembered = Number(await readFile(path, 'utf8').catch(() => ''))
  if (remembered && (await isFree(remembered))) return remembered
  const begin = createHash('sha256').update(dataDirectory).digest().readUInt32BE() % PORTS
  for (let step = 0; step < PORTS; step++) {
    const port = FIRST_PORT + ((begin + step) % PORTS)
    if (port === remembered || !(await isFree(port))) continue
    await writePrivateFile(path, String(port))
    return port
  }
  throw new Error(`no free port between ${FIRST_PORT} and ${FIRST_PORT + PORTS - 1}`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
