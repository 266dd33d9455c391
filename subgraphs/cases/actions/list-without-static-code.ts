import { graphError } from '../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import type { CasesContext } from '../context.ts'
import { isAskable, isIdentifier } from '../domain/identifier.ts'
import { hallsWithoutCode, staffWithoutCode } from '../store/static-code-coverage.ts'

type Page = { first?: number | null; after?: string | null }

/** Halls and stations that should have a static code and have none (应设未设). @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listHallsWithoutStaticCode({ first, after }: Page, { read, viewer }: CasesContext) {
  const size = pageSize(first)
  const behind = cursorOf(after)
  // People may read the names of all halls, yet which of them lack a code is the concern of those who run them.
  const rows = viewer.scope.reach === 'REGION' ? await read(tx => hallsWithoutCode(tx, behind, size)) : []
  return connection(rows, size, row => [row.name, row.id])
}

/** Members of staff without a static code (未配一人一码), of one hall or of all. @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listStaffWithoutStaticCode(
  { hallId = null, first, after }: Page & { hallId?: string | null },
  { read, viewer }: CasesContext,
) {
  const size = pageSize(first)
  const behind = cursorOf(after)
  const isNowhere = viewer.scope.reach !== 'REGION' || (hallId !== null && !isIdentifier(hallId))
  const rows = isNowhere ? [] : await read(tx => staffWithoutCode(tx, hallId, behind, size))
  return connection(rows, size, row => [row.staffNumber, row.id])
}

function cursorOf(after: string | null | undefined): [string, string] | null {
  const values = readCursor(after, 2)
  if (!values) return null
  const [text, id] = values
  if (typeof text !== 'string' || !isAskable(text) || !isIdentifier(id)) throw graphError('BAD_CURSOR')
  return [text, id]
}
