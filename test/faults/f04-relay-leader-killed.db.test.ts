import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvents } from '../../db/outbox.ts'
import { startRelay } from '../../db/relay.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import { startConsumer } from '../../subgraphs/shared/events/consumer.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import type { Scope } from '../../subgraphs/shared/viewer.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'
import { waitFor } from '../kit/wait-for.ts'

const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }
const bus = createMemoryBus()
const log = () => {}
let server: TestDatabase
let database: Database
/** Each relay has connections of its own, as the processes of two copies do. */
let copies: { database: Database; relay: { stop(): Promise<void> } }[]

beforeAll(async () => {
  server = await createTestDatabase()
  const open = (applicationName: string) =>
    openDatabase({ url: server.applicationUrl, entities: [], applicationName, poolSize: 5 })
  database = await open('test')
  copies = await Promise.all(
    ['relay-a', 'relay-b'].map(async name => {
      const own = await open(name)
      return { database: own, relay: await startRelay({ source: 'workflow', database: own, bus, log }) }
    }),
  )
})
afterAll(async () => {
  for (const copy of copies) {
    await copy.relay.stop()
    await copy.database.close()
  }
  await database.close()
  await server.drop()
})

/** Sessions that hold the relay's lock: who leads. */
async function leaders(): Promise<{ pid: number; name: string }[]> {
  const pool = await database.pool()
  const { rows } = await pool.query(
    `select a.pid, a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())`,
  )
  return rows
}

async function killEverySessionOf(name: string): Promise<void> {
  const pool = await database.pool()
  await pool.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [name])
}

const write = (name: number) =>
  database.inScope(everything, tx =>
    recordEvents(tx, 'workflow', [
      {
        ...{ type: 'Tested', feed: null, subjectId: newId(), occurredAt: new Date(), payload: { name } },
        placement: {
          ...{ regionPath: '/41/', departmentId: null, lineId: null },
          ...{ hallId: null, windowId: null, staffMemberId: null },
        },
      },
    ]),
  )

test('whichever relay leads and is cut off, every fact is applied once, in order, and one leads at a time', async () => {
  const applied: unknown[] = []
  const consumer = await startConsumer({
    ...{ name: 'faults', source: 'workflow', owner: 'exchange', database, bus, log },
    handlers: {
      Tested: async (_tx, { payload }) => void applied.push(payload.name),
    },
  })
  let isWriting = true
  let written = 0
  const writing = (async () => {
    while (isWriting) {
      await write(written++)
      await new Promise(resolve => setImmediate(resolve))
    }
  })()
  const led: string[] = []
  for (let round = 0; round < 6; round++) {
    const [leader, second] = await waitFor(async () => {
      const found = await leaders()
      return found.length > 0 && found
    }, 'a leader')
    expect(second).toBeUndefined()
    led.push(leader!.name)
    const behind = applied.length
    await waitFor(() => applied.length > behind + 20, 'facts under this leader')
    await killEverySessionOf(leader!.name)
    await waitFor(async () => (await leaders()).every(({ pid }) => pid !== leader!.pid), 'the end of the leader')
  }
  isWriting = false
  await writing
  await waitFor(() => applied.length >= written, 'every fact')
  expect(applied).toEqual(Array.from({ length: written }, (_, name) => name))
  expect(led.every(name => name.startsWith('relay-'))).toBe(true)
  const positions = await database.inScope(everything, tx =>
    tx.query<{ count: number; last: string }>(
      'select count(distinct position)::int as count, max(position) as last from workflow.outbox',
    ),
  )
  expect(positions).toEqual([{ count: written, last: String(written) }])
  await consumer.stop()
})
