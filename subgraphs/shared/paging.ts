import { graphError } from './graph-error.ts'
import { isId } from './uuid.ts'

/** Largest page of any list. */
export const largestPage = 100

/** Checks a page size. @throws PAGE_TOO_LARGE unless 1 to 100 */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? 20
  if (size < 1 || size > largestPage) throw graphError('PAGE_TOO_LARGE', { first: size })
  return size
}

/** A cursor names the sort values of a row, never an offset, so that pages stay true while rows come in. */
export function writeCursor(values: (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** @throws BAD_CURSOR when it is not a cursor with this many values */
export function readCursor(cursor: string | null | undefined, length: number): (string | number | null)[] | null {
  if (cursor == null) return null
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === length) return values
  } catch {}
  throw graphError('BAD_CURSOR')
}

/** Reads a cursor of lists that are sorted by an instant, which may be absent, and then by id. @throws BAD_CURSOR */
export function readInstantCursor(cursor: string | null | undefined): { at: string | null; id: string } | null {
  const values = readCursor(cursor, 2)
  if (!values) return null
  const [at, id] = values
  if (!isId(id) || !(at === null || isInstant(at))) throw graphError('BAD_CURSOR')
  return { at: at as string | null, id }
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value
}

/** A connection from rows that were read one more than asked for. */
export function connection<Row>(rows: Row[], first: number, cursorOf: (row: Row) => (string | number | null)[]) {
  const edges = rows.slice(0, first).map(node => ({ cursor: writeCursor(cursorOf(node)), node }))
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } }
}
