import { type Refusal, refusal } from '../../shared/error-catalogue.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import type { CaseFault, RateableCase } from './rateable-case.ts'

/** Why a case cannot be rated (不可评价), in the words of the error catalogue. */
export function caseRefusal(
  fault: CaseFault,
  { mergedInto }: Pick<RateableCase, 'mergedInto'>,
  policy: Pick<JurisdictionPolicy, 'lateWindowDays'>,
): Refusal {
  switch (fault) {
    case 'CASE_VOID':
      return refusal('CASE_VOID')
    case 'CASE_MERGED':
      return refusal('CASE_MERGED', { mergedInto: mergedInto ?? '' })
    case 'CASE_NOT_CLOSED':
      return refusal('CASE_NOT_CLOSED')
    case 'LATE_WINDOW_OVER':
      return refusal('EVALUATION_TOO_LATE', { days: policy.lateWindowDays.value })
    case 'FIRST_RATING_MISSING':
      throw new Error('only second ratings need a first one')
  }
}
