import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvents } from '../../db/outbox.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import type { Scope } from '../../subgraphs/shared/viewer.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'

const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }
const hallA = newId()
const hallB = newId()
let server: TestDatabase
let database: Database

const event = (regionPath: string, hallId: string | null) => ({
  type: 'Tested',
  feed: null,
  subjectId: newId(),
  occurredAt: new Date(),
  placement: { regionPath, departmentId: null, lineId: null, hallId, windowId: null, staffMemberId: null },
  payload: {},
})

beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test' })
  await database.inScope(everything, tx =>
    recordEvents(tx, 'workflow', [
      event('/41/4101/', hallA),
      event('/41/4101/410105/', hallB),
      event('/41/4102/', null),
    ]),
  )
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const countIn = (scope: Scope) =>
  database.inScope(scope, async tx => {
    const [row] = await tx.query<{ count: number }>('select count(*)::int as count from workflow.outbox')
    return row!.count
  })

test('a region sees its own subtree and nothing else', async () => {
  expect(await countIn({ reach: 'REGION', regionPath: '/41/' })).toBe(3)
  expect(await countIn({ reach: 'REGION', regionPath: '/41/4101/' })).toBe(2)
  expect(await countIn({ reach: 'REGION', regionPath: '/41/4101/410105/' })).toBe(1)
  expect(await countIn({ reach: 'REGION', regionPath: '/42/' })).toBe(0)
})

test('a hall narrows the region, a citizen and nobody see nothing', async () => {
  expect(await countIn({ reach: 'REGION', regionPath: '/41/', hallId: hallA })).toBe(1)
  expect(await countIn({ reach: 'CASES', caseIds: [newId()] })).toBe(0)
  expect(await countIn({ reach: 'NOTHING' })).toBe(0)
})

test('a row outside the scope cannot be written', async () => {
  await expect(
    database.inScope({ reach: 'REGION', regionPath: '/41/4101/' }, tx =>
      recordEvents(tx, 'workflow', [event('/41/4102/', null)]),
    ),
  ).rejects.toThrow(/row-level security/)
})

test('a read without a scope raises instead of silently seeing nothing, also on a connection that had one before', async () => {
  const pool = await database.pool()
  for (let round = 0; round < 5; round++) {
    await countIn({ reach: 'REGION', regionPath: '/41/' })
    await expect(pool.query('select count(*) from workflow.outbox')).rejects.toThrow(
      'no scope is set in this transaction',
    )
  }
})

test('the application role can neither change nor delete a rating', async () => {
  for (const statement of [
    'update evaluations.evaluations set level = 5',
    'delete from evaluations.evaluations',
    'truncate evaluations.evaluations',
  ]) {
    await expect(database.inScope(everything, tx => tx.query(statement))).rejects.toThrow(/permission denied/)
  }
})

test('the owner’s login is refused as application role', async () => {
  await expect(openDatabase({ url: server.ownerUrl, entities: [], applicationName: 'test' })).rejects.toThrow(
    'DATABASE_URL',
  )
})
