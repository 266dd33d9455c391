import { graphError } from '../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import type { StaticCode } from '../domain/static-code.ts'
import { readPrintedId } from '../domain/static-code-id.ts'
import { readingScope } from '../domain/static-code-permission.ts'
import {
  activeCodeOfPlatform,
  type StaticCodeSelection,
  staticCodeByPrintedId,
  staticCodesPage,
} from '../store/static-code-queries.ts'

const publicScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/** A code by its printed id (印刷编号), however it was typed; null when unknown, mistyped or outside the scope. */
export async function staticCodeOfPrintedId(
  text: string,
  { database, viewer }: EvaluationsContext,
): Promise<StaticCode | null> {
  const printedId = readPrintedId(text)
  if (printedId === null) return null
  return database.inScope(readingScope(viewer), tx => staticCodeByPrintedId(tx, printedId))
}

/** The code for ratings of this platform (评价本平台), for everyone; null while none is in use. */
export function platformRatingCode({ database }: EvaluationsContext): Promise<StaticCode | null> {
  return database.inScope(publicScope, tx => activeCodeOfPlatform(tx))
}

export type StaticCodeFilter = { [Part in keyof StaticCodeSelection]?: StaticCodeSelection[Part] }

/** A page of the static codes in the viewer's scope (静态评价码台账), those applied for last first. @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listStaticCodes(
  { state = null, subjectKind = null, hallId = null, departmentId = null, search = null }: StaticCodeFilter,
  { first, after }: { first?: number | null; after?: string | null },
  { database, viewer }: EvaluationsContext,
) {
  const size = pageSize(first)
  const [lastId = null] = readCursor(after, 1) ?? []
  if (lastId !== null && !isId(lastId)) throw graphError('BAD_CURSOR')
  const isUnknownPlace = [hallId, departmentId].some(id => id !== null && !isId(id))
  const text = search?.normalize('NFKC').trim() || null
  const rows =
    isUnknownPlace || text?.includes('\0')
      ? []
      : await database.inScope(readingScope(viewer), tx =>
          staticCodesPage(tx, { state, subjectKind, hallId, departmentId, search: text }, lastId, size + 1),
        )
  return connection(rows, size, ({ id }) => [id])
}
