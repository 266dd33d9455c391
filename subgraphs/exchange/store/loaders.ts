import DataLoader from 'dataloader'
import type { Database, Transaction } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { type Link, linksById, linksOfCases, linksOfHalls } from './link-queries.ts'

/** Batched reads of one request: one statement a batch, always under the viewer's own scope. */
export function createLoaders(database: Database, viewer: Viewer) {
  const batched = <Row extends Link>(
    read: (transaction: Transaction, ids: readonly string[]) => Promise<Row[]>,
    keyOf: (row: Row) => string,
  ) =>
    new DataLoader<string, Row[]>(async keys => {
      const ids = keys.filter(isId)
      const rows = ids.length === 0 ? [] : await database.inScope(viewer.scope, tx => read(tx, ids))
      const byKey = Map.groupBy(rows, keyOf)
      return keys.map(key => byKey.get(key) ?? [])
    })
  const links = batched(linksById, link => link.id)
  const ofCase = batched(linksOfCases, link => link.caseId)
  const ofHall = batched(linksOfHalls, link => link.hallId)
  return {
    /** Null when unknown or outside the scope. */
    link: async (id: string) => (await links.load(id))[0] ?? null,
    linkOfCase: async (caseId: string) => (await ofCase.load(caseId))[0] ?? null,
    linksOfHall: (hallId: string) => ofHall.load(hallId),
  }
}

export type Loaders = ReturnType<typeof createLoaders>
