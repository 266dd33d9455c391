import DataLoader from 'dataloader'
import type { Transaction } from '../../shared/database.ts'
import { isAskable, isIdentifier } from '../domain/identifier.ts'
import type { RequestReader } from './request-reader.ts'

export type RowLoader<Row> = { load(id: string | null | undefined): Promise<Row | null> }

/** Loads rows by id; a text that is no id finds nothing. */
export function rowLoader<Row extends object>(
  read: RequestReader,
  query: (transaction: Transaction, ids: readonly string[]) => Promise<Row[]>,
  idOf: (row: Row) => string,
): RowLoader<Row> {
  const byId = keyLoader(read, query, idOf)
  return { load: async id => (isIdentifier(id) ? byId.load(id.toLowerCase()) : null) }
}

/**
 * Loads rows by a key, all of one wave in one statement; null for whatever the scope does not show.
 * Nothing is kept: a subscription lives for hours with one set of loaders and must see each row as it is.
 */
export function keyLoader<Row extends object>(
  read: RequestReader,
  query: (transaction: Transaction, keys: readonly string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): RowLoader<Row> {
  const loader = new DataLoader<string, Row | null>(
    async keys => {
      const rows = await read(transaction => query(transaction, [...new Set(keys)]))
      const byKey = new Map(rows.map(row => [keyOf(row), row]))
      return keys.map(key => byKey.get(key) ?? null)
    },
    { cache: false, maxBatchSize: 1_000 },
  )
  return { load: async key => (key && isAskable(key) ? loader.load(key) : null) }
}

/** As `rowLoader`, for several rows an id. */
export function rowsLoader<Row extends object>(
  read: RequestReader,
  query: (transaction: Transaction, ids: readonly string[]) => Promise<Row[]>,
  idOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(
    async ids => {
      const rows = await read(transaction => query(transaction, [...new Set(ids)]))
      const byId = Map.groupBy(rows, idOf)
      return ids.map(id => byId.get(id) ?? [])
    },
    { cache: false },
  )
}
