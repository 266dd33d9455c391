import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { clusterIn } from '../../../db/embedded-cluster.ts'
import { applicationUrl, ownerUrl } from '../../../db/embedded-hub.ts'
import { findPlace } from '../../../db/embedded-place.ts'
import { findPostmaster } from '../../../db/embedded-postmaster.ts'
import { newId } from '../../../subgraphs/shared/uuid.ts'
import type { Role, Scope } from '../../../subgraphs/shared/viewer.ts'
import { freePort } from '../../kit/free-port.ts'
import type { Watched } from './meter.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** A client to be made for a benchmark: what it is and what it may see. */
export type BenchClient = { role: Role; scope: Extract<Scope, { reach: 'REGION' }> }

export type HubUnderTest = {
  url: string
  dataDirectory: string
  ownerUrl: string
  applicationUrl: string
  /** As its owner, who is not bound by row-level security: to prepare and to count, never on the measured way. */
  owner: pg.Pool
  pid(): number
  watched(): Promise<Watched>
  keyOf(client: string): Promise<string>
  /** Makes clients by SQL; answers their keys, in order. */
  makeClients(clients: BenchClient[]): Promise<string[]>
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** The whole hub as `npm start` runs it, with its demo province, PostgreSQL and fsync, in a directory of its own. */
export async function startHubUnderTest(): Promise<HubUnderTest> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  const environment = {
    PORT: String(await freePort()),
    DATA_DIR: dataDirectory,
    DEMO_PASSWORD: randomBytes(9).toString('base64url'),
  }
  let server: ServerProcess = await startServer('router/start.ts', environment)
  const passwords = JSON.parse(await readFile(join(dataDirectory, 'postgres-passwords.json'), 'utf8'))
  const port = Number(await readFile(join(dataDirectory, 'postgres-port'), 'utf8'))
  const owner = new pg.Pool({ connectionString: ownerUrl(port, passwords), max: 4 })
  owner.on('error', () => {})
  return {
    url: server.url,
    dataDirectory,
    ownerUrl: ownerUrl(port, passwords),
    applicationUrl: applicationUrl(port, passwords),
    owner,
    pid: () => server.pid,
    async watched() {
      const postmaster = await findPostmaster(clusterIn((await findPlace(dataDirectory, () => {}))!))
      return { hub: { pid: server.pid }, postgres: { pid: postmaster!.pid, isFamily: true } }
    },
    async keyOf(client) {
      const { clientKeys } = JSON.parse(await readFile(join(dataDirectory, 'demo-credentials.json'), 'utf8'))
      return clientKeys.find(({ name }: { name: string }) => name === client).key
    },
    makeClients: clients => makeClients(owner, clients),
    kill: () => server.end('SIGKILL'),
    async start() {
      server = await startServer('router/start.ts', environment)
    },
    async stop() {
      await owner.end()
      await server.end()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

async function makeClients(owner: pg.Pool, clients: BenchClient[]): Promise<string[]> {
  const made = clients.map(client => ({ ...client, key: `hub_k_${randomBytes(32).toString('base64url')}` }))
  const column = (pick: (client: (typeof made)[number]) => unknown) => made.map(pick)
  await owner.query(
    `insert into cases.api_clients (id, name, role, source_system, region_path, department_id, hall_id, window_id, key_hash)
     select id, 'bench ' || id, role, 'BENCH', region_path, department_id, hall_id, window_id, key_hash
     from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bytea[])
       as made (id, role, region_path, department_id, hall_id, window_id, key_hash)`,
    [
      column(() => newId()),
      column(({ role }) => role),
      column(({ scope }) => scope.regionPath),
      column(({ scope }) => scope.departmentId ?? null),
      column(({ scope }) => scope.hallId ?? null),
      column(({ scope }) => scope.windowId ?? null),
      column(({ key }) => createHash('sha256').update(key).digest()),
    ],
  )
  return made.map(({ key }) => key)
}
