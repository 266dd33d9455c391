import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { isAskable } from '../domain/identifier.ts'
import { type RateableCaseRow, rateableCaseByNumber } from '../store/rateable-case-query.ts'

/**
 * What ratings must know of a case (可评价办件), with the hash by which a phone proves itself; null when the number is unknown.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function findRateableCase(
  { database, viewer }: { database: Database; viewer: Viewer },
  caseNumber: string,
): Promise<RateableCaseRow | null> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  if (!isAskable(caseNumber)) return null
  return database.inScope({ reach: 'EVERYTHING', name: 'rating-code' }, tx => rateableCaseByNumber(tx, caseNumber))
}
