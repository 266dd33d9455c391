import { seesWhoRated } from '../../shared/anonymity.ts'
import { graphError } from '../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { type DefaultEvaluation, defaultsPage } from '../store/default-evaluations.ts'

export type DefaultEvaluationFilter = {
  hallId?: string | null
  departmentId?: string | null
  isReplaced?: boolean | null
}

/**
 * A page of the default ratings in the viewer's scope (默认评价列表), the latest cases first; empty for the rated unit, which would learn from a
 * missing default who rated. @throws PAGE_TOO_LARGE, BAD_CURSOR
 */
export async function listDefaultEvaluations(
  { hallId = null, departmentId = null, isReplaced = null }: DefaultEvaluationFilter,
  { first, after }: { first?: number | null; after?: string | null },
  { database, viewer }: Pick<EvaluationsContext, 'database' | 'viewer'>,
) {
  const size = pageSize(first)
  const position = readPosition(after)
  const isUnknownPlace = [hallId, departmentId].some(id => id !== null && !isId(id))
  const selection = { hallId, departmentId, isReplaced }
  const rows =
    isUnknownPlace || !seesWhoRated(viewer)
      ? []
      : await database.inScope(viewer.scope, tx => defaultsPage(tx, selection, position, size + 1))
  return connection(rows, size, ({ caseId, serviceNumber }: DefaultEvaluation) => [caseId, serviceNumber])
}

function readPosition(after: string | null | undefined) {
  const values = readCursor(after, 2)
  if (!values) return null
  const [caseId, serviceNumber] = values
  if (!isId(caseId) || !Number.isInteger(serviceNumber)) throw graphError('BAD_CURSOR')
  return { caseId, serviceNumber: serviceNumber as number }
}
