import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../kit/free-port.ts'
import { type HubProcess, refusedStart, startHubProcess } from '../kit/hub-process.ts'
import { ownerUrlOf } from '../kit/owner-url.ts'
import { withDatabase } from '../kit/with-database.ts'

let directory: string
let hub: HubProcess
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-refusals-'))
  hub = await startHubProcess()
})
afterAll(async () => {
  await hub.stop()
  await rm(directory, { recursive: true, force: true })
})

const oneSentenceEach = (errors: string) => {
  expect(errors).toMatch(/[\u4e00-\u9fff].*[。] ?[A-Z].*\.$/s)
  expect(errors).not.toMatch(/\n\s+at |Error:/)
}

test('a taken port is said before anything else is started', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const { code, errors } = await refusedStart({ PORT: String(port), DATA_DIR: join(directory, 'port') })
  server.close()
  expect(code).toBe(1)
  expect(errors).toContain(`127.0.0.1:${port}`)
  oneSentenceEach(errors)
})

test('a data directory in use by a living copy is refused with that copy’s process', async () => {
  const { code, errors } = await refusedStart({ PORT: String(await freePort()), DATA_DIR: hub.dataDirectory })
  expect(code).toBe(1)
  expect(errors).toContain('DATA_DIR')
  expect(errors).toMatch(/process \d+/)
  oneSentenceEach(errors)
})

test('a data directory that is a file is refused', async () => {
  const file = join(directory, 'file')
  await writeFile(file, '')
  const { code, errors } = await refusedStart({ PORT: String(await freePort()), DATA_DIR: file })
  expect(code).toBe(1)
  expect(errors).toContain(file)
  oneSentenceEach(errors)
})

test.runIf(process.getuid?.() === 0)('a data directory that cannot be written is refused', async () => {
  const closed = join(directory, 'closed')
  await mkdir(closed, { mode: 0o700 })
  const nobody = 65_534
  const { code, errors } = await refusedStart(
    { PORT: String(await freePort()), DATA_DIR: join(closed, 'data') },
    [],
    nobody,
  )
  expect(code).toBe(1)
  expect(errors).toContain(closed)
  oneSentenceEach(errors)
})

test('a database that does not answer is named without its password', async () => {
  const port = await freePort()
  const { code, errors } = await refusedStart({
    PORT: String(await freePort()),
    DATA_DIR: join(directory, 'database'),
    DATABASE_URL: `postgres://hub:top-secret@127.0.0.1:${port}/hub`,
  })
  expect(code).toBe(1)
  expect(errors).toContain(`127.0.0.1:${port}/hub`)
  expect(errors).not.toContain('top-secret')
  oneSentenceEach(errors)
})

/** A start on a database of the running hub's own server, by the owner's login. */
async function refusedOn(databaseUrl: string, parameters: string[] = []) {
  const secretKeysFile = join(hub.dataDirectory, 'secret-keys.json')
  const given = { DATABASE_URL: databaseUrl, SECRET_KEYS_FILE: secretKeysFile, REDIS_URL: 'redis://127.0.0.1:1' }
  return refusedStart({ PORT: String(await freePort()), DATA_DIR: join(directory, 'given'), ...given }, parameters)
}

test.each([[[]], [['cases']]])(
  'a database without tables is said before anything is read: start %j',
  async parameters => {
    const ownerUrl = await ownerUrlOf(hub)
    const name = `blank_${parameters.join('')}`
    const owner = new pg.Client({ connectionString: ownerUrl })
    await owner.connect()
    await owner.query(`create database ${name}`)
    await owner.end()
    const { code, errors } = await refusedOn(withDatabase(ownerUrl, name), parameters)
    expect(code).toBe(1)
    expect(errors).toContain('npm run migrate')
    oneSentenceEach(errors)
  },
)

test('an application role that owns the tables is refused', async () => {
  const { code, errors } = await refusedOn(await ownerUrlOf(hub))
  expect(code).toBe(1)
  expect(errors).toContain('DATABASE_OWNER_URL')
  oneSentenceEach(errors)
})

test('every fault of the configuration is told at once', async () => {
  const { code, errors } = await refusedStart({
    PORT: '99999',
    REDIS_URL: 'not an address',
    DATABASE_OWNER_URL: 'http://x',
  })
  expect(code).toBe(1)
  for (const name of ['PORT', 'REDIS_URL', 'DATABASE_OWNER_URL']) expect(errors).toContain(`${name}:`)
})

test('a subgraph of its own process says which servers it needs', async () => {
  const { code, errors } = await refusedStart({}, ['cases'])
  expect(code).toBe(1)
  expect(errors).toContain('DATABASE_URL, REDIS_URL and SECRET_KEYS_FILE')
  oneSentenceEach(errors)
})
