import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'

const scope = { reach: 'EVERYTHING', name: 'seed' } as const
const everyLine = 'select * from cases.lines where name = $1'

let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  // One connection, so that every transaction meets the plans of the one before.
  database = await openDatabase({
    url: testDatabase.applicationUrl,
    entities: [],
    applicationName: 'test',
    poolSize: 1,
  })
})

afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

const linesNamed = (name: string) => database.inScope(scope, tx => tx.query(everyLine, [name]))

test('a statement that comes again is planned once a connection and answers each time for its own parameters', async () => {
  await database.inScope(scope, tx => tx.query(`insert into cases.lines (id, name) values (gen_random_uuid(), '公安')`))
  const found = [await linesNamed('公安'), await linesNamed('税务'), await linesNamed('公安')]
  const prepared = await database.inScope(scope, tx =>
    tx.query('select (generic_plans + custom_plans)::int as runs from pg_prepared_statements where statement = $1', [
      everyLine,
    ]),
  )
  expect({ found: found.map(rows => rows.map(({ name }) => name)), prepared }).toEqual({
    found: [['公安'], [], ['公安']],
    prepared: [{ runs: 3 }],
  })
})

test('a migration that changes a table fails a statement planned before it once, never for good', async () => {
  await linesNamed('公安')
  const owner = new pg.Client({ connectionString: testDatabase.ownerUrl })
  await owner.connect()
  await owner.query('alter table cases.lines add column note text')
  await owner.end()
  await expect(linesNamed('公安')).rejects.toThrow('cached plan must not change result type')
  expect((await linesNamed('公安')).map(({ name, note }) => ({ name, note }))).toEqual([{ name: '公安', note: null }])
})
