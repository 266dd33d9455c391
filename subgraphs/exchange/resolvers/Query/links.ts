import { graphError } from '../../../shared/graph-error.ts'
import { connection, pageSize, readInstantCursor } from '../../../shared/paging.ts'
import type { ExchangeContext } from '../../context.ts'
import { linksPage } from '../../store/link-queries.ts'

export async function links(
  _: unknown,
  { first, after }: { first?: number | null; after?: string | null },
  { viewer, database }: ExchangeContext,
) {
  if (viewer.kind === 'ANONYMOUS') throw graphError('UNAUTHENTICATED')
  const size = pageSize(first)
  const behind = readInstantCursor(after)
  const rows = await database.inScope(viewer.scope, tx => linksPage(tx, behind, size + 1))
  return connection(rows, size, ({ lastCaseAt, id }) => [lastCaseAt?.toISOString() ?? null, id])
}
