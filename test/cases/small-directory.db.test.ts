import { expect, test } from 'vitest'
import { openDatabase } from '../../subgraphs/shared/database.ts'
import { accountViewer, seedSmallDirectory } from '../kit/small-directory.ts'
import { createTestDatabase } from '../kit/test-database.ts'

test('a scope follows the parent path: city A does not see the county whose code looks like its own', async () => {
  const server = await createTestDatabase()
  const database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test' })
  await seedSmallDirectory(database)
  const regionsOf = (viewer: Parameters<typeof accountViewer>[0]) =>
    database.inScope(accountViewer(viewer).scope, async tx =>
      (await tx.query<{ code: string }>('select code from cases.regions order by region_path')).map(row => row.code),
    )
  expect(await regionsOf('city')).toEqual(['410100', '410105', '410105001000', '410105001201'])
  expect(await regionsOf('province')).toHaveLength(8)
  await database.close()
  await server.drop()
})
