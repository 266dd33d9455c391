import { expect, test } from 'vitest'
import { openDatabase } from '../../subgraphs/shared/database.ts'
import type { Scope } from '../../subgraphs/shared/viewer.ts'
import { createTestDatabase } from '../kit/test-database.ts'

const everything: Scope = { reach: 'EVERYTHING', name: 'seed' }
const poolSize = 3

test('connections that the server cuts in the middle of work take no place in the pool with them', async () => {
  const server = await createTestDatabase()
  const database = await openDatabase({
    url: server.applicationUrl,
    entities: [],
    applicationName: 'test-cut',
    poolSize,
  })
  const outcomes: string[] = []
  for (let round = 0; round < poolSize * 3; round++) {
    const cut = database.inScope(everything, tx => tx.query('select pg_terminate_backend(pg_backend_pid())'))
    outcomes.push(
      await cut.then(
        () => 'went on',
        () => 'was told',
      ),
    )
  }
  expect(outcomes).toEqual(Array(poolSize * 3).fill('was told'))
  const alive = await Promise.all(
    Array.from({ length: poolSize }, () => database.inScope(everything, tx => tx.query('select 1 as one'))),
  )
  expect(alive).toEqual(Array(poolSize).fill([{ one: 1 }]))
  await database.close()
  await server.drop()
})
