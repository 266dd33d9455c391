import { graphError } from '../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { isNegative, ratings } from '../domain/rating.ts'
import { unlinkedEvaluationIds } from '../store/link-queries.ts'

export type UnlinkedEvaluationFilter = {
  isNegative?: boolean | null
  hallId?: string | null
  subjectKind?: string | null
  isLinkedLater?: boolean | null
}

/** A page of the unlinked ratings in the viewer's scope (未关联评价台账), latest first. @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listUnlinkedEvaluations(
  { isNegative: wanted = null, hallId = null, subjectKind = null, isLinkedLater = null }: UnlinkedEvaluationFilter,
  { first, after }: { first?: number | null; after?: string | null },
  { database, viewer, loaders }: EvaluationsContext,
) {
  const size = pageSize(first)
  const [lastId = null] = readCursor(after, 1) ?? []
  if (lastId !== null && !isId(lastId)) throw graphError('BAD_CURSOR')
  if (hallId !== null && !isId(hallId)) return connection([], size, () => [])
  const levels =
    wanted === null ? null : ratings.map(({ level }) => level).filter(level => isNegative(level) === wanted)
  const selection = { levels, hallId, subjectKind, isLinkedLater }
  const ids = await database.inScope(viewer.scope, tx => unlinkedEvaluationIds(tx, selection, lastId, size + 1))
  const found = await Promise.all(ids.map(id => loaders.evaluation(id)))
  return connection(
    found.filter(evaluation => evaluation !== null),
    size,
    ({ id }) => [id],
  )
}
