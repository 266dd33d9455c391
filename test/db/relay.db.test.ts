import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvents } from '../../db/outbox.ts'
import { logTopic, startRelay } from '../../db/relay.ts'
import type { Bus } from '../../subgraphs/shared/bus/bus.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import { startConsumer } from '../../subgraphs/shared/events/consumer.ts'
import { liveFeed, readFeed } from '../../subgraphs/shared/events/feed.ts'
import { followLog } from '../../subgraphs/shared/events/log-tail.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import type { Scope } from '../../subgraphs/shared/viewer.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'
import { waitFor } from '../kit/wait-for.ts'

const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }
const hall = newId()
const log = () => {}
let server: TestDatabase
let database: Database

const event = (name: string, hallId: string | null = hall) => ({
  type: 'Tested',
  feed: 'tests',
  subjectId: newId(),
  occurredAt: new Date(),
  placement: { regionPath: '/41/', departmentId: null, lineId: null, hallId, windowId: null, staffMemberId: null },
  payload: { name },
})
const write = (...names: string[]) =>
  database.inScope(everything, tx =>
    recordEvents(
      tx,
      'workflow',
      names.map(name => event(name)),
    ),
  )

/** A bus that loses the messages it is told to lose. */
function lossy(bus: Bus, loses: (message: string) => boolean): Bus {
  return {
    ...bus,
    publish: (topic, messages) =>
      bus.publish(
        topic,
        messages.filter(message => !loses(message)),
      ),
  }
}

beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test', poolSize: 20 })
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

test('an event that commits late is not skipped by those that overtook it', async () => {
  const bus = createMemoryBus()
  const seen: string[] = []
  await bus.subscribe(logTopic('workflow'), text => {
    const message = JSON.parse(text)
    if (message.kind === 'event') seen.push(message.event.payload.name)
  })
  const relay = await startRelay({ source: 'workflow', database, bus, log })
  let commit: (() => void) | null = null
  const late = database.inScope(everything, async tx => {
    await recordEvents(tx, 'workflow', [event('late')])
    await new Promise<void>(resolve => {
      commit = resolve
    })
  })
  const commitLate: () => void = await waitFor(() => commit)
  await write('early 1')
  await write('early 2')
  await waitFor(() => seen.length === 2)
  commitLate()
  await late
  await waitFor(() => seen.length === 3)
  expect(seen).toEqual(['early 1', 'early 2', 'late'])
  await relay.stop()
})

test('a consumer applies each event once and in order, whatever the bus loses or repeats', async () => {
  let count = 0
  const inner = createMemoryBus()
  const bus = lossy(inner, message => JSON.parse(message).kind === 'event' && ++count % 5 === 0)
  const relays = await Promise.all([1, 2].map(() => startRelay({ source: 'workflow', database, bus, log })))
  const applied: string[] = []
  const consumer = await startConsumer({
    name: 'lossy',
    source: 'workflow',
    owner: 'exchange',
    handlers: {
      Tested: async (_tx, { payload }) => {
        applied.push(String(payload.name))
      },
    },
    database,
    bus,
    log,
  })
  const before = await database.inScope(everything, tx => tx.query('select 1 from workflow.outbox'))
  for (let round = 0; round < 30; round++) await write(`n${round}`)
  await waitFor(() => applied.length >= before.length + 30)
  expect(applied.slice(before.length)).toEqual(Array.from({ length: 30 }, (_, round) => `n${round}`))
  await consumer.stop()
  await Promise.all(relays.map(relay => relay.stop()))
})

test('an event that cannot be applied is parked with its fault and the next one has its turn', async () => {
  const bus = createMemoryBus()
  const relay = await startRelay({ source: 'workflow', database, bus, log })
  const applied: string[] = []
  await write('poison', 'good')
  const consumer = await startConsumer({
    name: 'parking',
    source: 'workflow',
    owner: 'exchange',
    handlers: {
      Tested: async (tx, { payload }) => {
        if (payload.name === 'poison') await tx.query('select 1 / 0')
        applied.push(String(payload.name))
      },
    },
    database,
    bus,
    log,
  })
  await waitFor(() => applied.includes('good'))
  const parked = await waitFor(async () => {
    const rows = await database.inScope(everything, tx =>
      tx.query(`select fault from exchange.inbox_parked where consumer = 'parking'`),
    )
    return rows.length > 0 && rows
  })
  expect(parked).toEqual([{ fault: 'division by zero' }])
  await consumer.stop()
  await relay.stop()
})

test('a feed resumes behind a position, names the event before each, and shows a reset beyond its history', async () => {
  const bus = createMemoryBus()
  const relay = await startRelay({ source: 'workflow', database, bus, log })
  const tail = await followLog({ source: 'workflow', database, bus, log })
  const scope: Scope = { reach: 'REGION', regionPath: '/41/', hallId: newId() }
  const mine = (name: string) => event(name, scope.hallId)
  const selection = { source: 'workflow', feed: 'tests', scope } as const
  const read = (after: string | null, first: number) =>
    database.inScope(scope, tx => readFeed(tx, selection, after, first))

  const live = liveFeed({ selection, after: null, tail, read })
  const first = live.next()
  await new Promise(resolve => setImmediate(resolve))
  await read(null, 1)
  await database.inScope(everything, tx => recordEvents(tx, 'workflow', [mine('a'), event('foreign'), mine('b')]))
  const a = (await first).value as { event: { position: number; payload: object }; previousPosition: number }
  const b = (await live.next()).value as typeof a
  expect([a.event.payload, a.previousPosition]).toEqual([{ name: 'a' }, 0])
  expect([b.event.payload, b.previousPosition]).toEqual([{ name: 'b' }, a.event.position])
  await live.return?.()

  const { epoch } = tail.head()
  const resumed = liveFeed({ selection, after: `${epoch}:${a.event.position}`, tail, read })
  expect((await resumed.next()).value).toMatchObject({
    previousPosition: a.event.position,
    event: { payload: { name: 'b' } },
  })
  await resumed.return?.()

  const beyond = liveFeed({ selection, after: `${epoch}:${b.event.position + 1000}`, tail, read })
  expect((await beyond.next()).value).toBe('RESET')
  const foreign = liveFeed({ selection, after: `${newId()}:1`, tail, read })
  expect((await foreign.next()).value).toBe('RESET')
  await tail.stop()
  await relay.stop()
})
