import { graphError } from '../../shared/graph-error.ts'
import type { ServicePlacement } from '../../shared/placement-columns.ts'
import type { EvaluationsContext } from '../context.ts'
import { isNegative } from '../domain/rating.ts'
import { findFollowedRating } from './find-followed-rating.ts'

/** Where a rating lies and what it is about, for the other subgraphs. */
export type RatedPlacement = ServicePlacement & {
  evaluationId: string
  caseId: string | null
  cityCode: string
  isNegative: boolean
}

/**
 * Where the rating of a receipt number (回执编号) lies; null when the number is unknown.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function ratedPlacement(
  receiptNumber: string,
  context: EvaluationsContext,
): Promise<RatedPlacement | null> {
  if (context.viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const followed = await findFollowedRating({ receiptNumber }, context)
  if (!followed) return null
  const { id, caseId, cityCode, level, placement } = followed.rating
  return { evaluationId: id, caseId, cityCode, ...placement, isNegative: isNegative(level) }
}
