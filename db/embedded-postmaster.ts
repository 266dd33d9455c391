import { spawn } from 'node:child_process'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { identifyProcess } from './data-dir-process-identity.ts'
import { type ServerUser, serverEnvironment } from './embedded-server-user.ts'

/** A running PostgreSQL server process of one cluster. */
export type Postmaster = { pid: number; startedAt: string; port: number }

const POLL_MS = 15
const LOG_LIMIT_BYTES = 10_000_000

const pidFileOf = (cluster: string) => join(cluster, 'postmaster.pid')

/**
 * The live server of this very cluster, going by postmaster.pid; a number that a stranger has been given since is none.
 * A pid file that means nothing any more is removed, because PostgreSQL would believe a stranger's or zombie's number.
 * That is safe: two servers on one cluster are also ruled out by the shared memory that belongs to its directory.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = await readPidFile(cluster)
  if (!lines) return undefined
  const [pid, directory, , port] = lines
  const found = directory === cluster ? await identifyProcess(Number(pid)) : undefined
  if (found && `${found.command} `.includes(`-D ${cluster} `))
    return { pid: Number(pid), startedAt: found.startedAt, port: Number(port) }
  await rm(pidFileOf(cluster), { force: true })
  return undefined
}

/**
 * Starts the server and resolves when it accepts connections (a recovery after a crash takes as long as it takes),
 * or with the last lines of its log when it gives up.
 */
export async function launchPostmaster(options: {
  postgres: string
  cluster: string
  user: ServerUser
  port: number
  logFile: string
}): Promise<Postmaster | { gaveUp: string }> {
  const { postgres, cluster, user, port, logFile } = options
  const log = await openLog(logFile)
  const before = (await log.stat()).size
  const child = spawn(postgres, ['-D', cluster, ...settings(port)], {
    ...user,
    cwd: '/',
    env: serverEnvironment,
    stdio: ['ignore', log.fd, log.fd],
    // A session of its own: Ctrl-C in the terminal must reach the application alone, which then stops the server last.
    detached: true,
  })
  let ended: string | undefined
  child.once('error', error => {
    ended = error.message
  })
  child.once('exit', (code, signal) => {
    ended = `ended with ${code ?? signal}`
  })
  child.unref()
  await log.close()
  while (ended === undefined) {
    const startedAt = await readySince(child.pid, cluster)
    if (startedAt !== undefined) return { pid: child.pid as number, startedAt, port }
    await pause(POLL_MS)
  }
  const text = (await readFile(logFile)).subarray(before).toString('utf8').trim()
  return { gaveUp: text.split('\n').slice(-4).join(' ') || ended }
}

/**
 * Ends a server: a fast shutdown (SIGINT: sessions are cut, everything is written), and where that takes longer than
 * `patienceMs`, the harder ways, after which the next start recovers from the log without loss.
 */
export async function endPostmaster(postmaster: Postmaster, patienceMs: number): Promise<void> {
  const steps = [
    { signal: 'SIGINT', within: patienceMs },
    { signal: 'SIGQUIT', within: 1000 },
    { signal: 'SIGKILL', within: 500 },
  ] as const
  for (const { signal, within } of steps) {
    const until = performance.now() + within
    if (!(await isRunning(postmaster))) return
    send(postmaster.pid, signal)
    // A server that was suspended takes no notice of the signal before it may run again.
    send(postmaster.pid, 'SIGCONT')
    while (performance.now() < until && (await isRunning(postmaster))) await pause(POLL_MS)
  }
}

export async function isRunning({ pid, startedAt }: Postmaster): Promise<boolean> {
  return (await identifyProcess(pid))?.startedAt === startedAt
}

/** Line 8 of postmaster.pid says `ready` from the moment connections are accepted; pg_ctl waits for the same. */
async function readySince(pid: number | undefined, cluster: string): Promise<string | undefined> {
  const lines = await readPidFile(cluster)
  if (pid === undefined || Number(lines?.[0]) !== pid || !lines?.[7]?.startsWith('ready')) return undefined
  return (await identifyProcess(pid))?.startedAt
}

function settings(port: number): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    fsync: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_destination: 'stderr',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function openLog(path: string) {
  const size = await stat(path).then(
    found => found.size,
    () => 0,
  )
  if (size > LOG_LIMIT_BYTES) await rename(path, `${path}.1`)
  return await open(path, 'a', 0o600)
}

async function readPidFile(cluster: string): Promise<string[] | undefined> {
  const text = await readFile(pidFileOf(cluster), 'utf8').catch(() => undefined)
  return text?.split('\n').map(line => line.trim())
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
