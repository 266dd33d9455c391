import { graphError } from '../../shared/graph-error.ts'
import { connection, pageSize, readCursor } from '../../shared/paging.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { isNegative, ratings } from '../domain/rating.ts'
import { readReceiptNumber, receiptHashes } from '../domain/receipt-number.ts'
import {
  evaluationIdOfReceipt,
  evaluationsById,
  evaluationsPage,
  type KeptEvaluation,
} from '../store/evaluation-queries.ts'

const receiptScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/** The rating of a receipt number (回执编号), for whoever has that secret; null when there is none. */
export async function evaluationOfReceipt(
  text: string,
  { database, crypto }: EvaluationsContext,
): Promise<KeptEvaluation | null> {
  const receipt = readReceiptNumber(text)
  if (!receipt.ok) return null
  return database.inScope(receiptScope, async tx => {
    const id = await evaluationIdOfReceipt(tx, receiptHashes(receipt.number, crypto.receiptMac))
    return id === null ? null : ((await evaluationsById(tx, [id]))[0] ?? null)
  })
}

export type EvaluationFilter = {
  isNegative?: boolean | null
  level?: SatisfactionLevel | null
  hallId?: string | null
  departmentId?: string | null
  windowId?: string | null
  includesProbes?: boolean | null
}

/** A page of the ratings in the viewer's scope, latest first (评价列表). */
export async function listEvaluations(
  filter: EvaluationFilter,
  { first, after }: { first?: number | null; after?: string | null },
  { database, viewer }: EvaluationsContext,
) {
  const size = pageSize(first)
  const [lastId = null] = readCursor(after, 1) ?? []
  if (lastId !== null && !isId(lastId)) throw graphError('BAD_CURSOR')
  const { hallId = null, departmentId = null, windowId = null } = filter
  const places = { hallId, departmentId, windowId }
  const isUnknownPlace = Object.values(places).some(id => id !== null && !isId(id))
  const levels = wantedLevels(filter)
  const rows = isUnknownPlace
    ? []
    : await database.inScope(viewer.scope, tx =>
        evaluationsPage(tx, { levels, includesProbes: filter.includesProbes ?? false, ...places }, lastId, size + 1),
      )
  return connection(rows, size, ({ id }) => [id])
}

function wantedLevels({ level, isNegative: wanted }: EvaluationFilter): SatisfactionLevel[] | null {
  if (level == null && wanted == null) return null
  return ratings
    .map(rating => rating.level)
    .filter(each => (level == null || each === level) && (wanted == null || isNegative(each) === wanted))
}
