import { newId } from '../../shared/uuid.ts'
import { instantInId } from '../domain/instant-in-id.ts'
import type { VerificationClock } from '../domain/verification-clock.ts'
import type { Deadline } from './deadline.entity.ts'
import type { NegativeReview } from './negative-review.entity.ts'
import { placementOf } from './placed-row.ts'

/** The row of a review's clock of verification that starts running (核实时限). */
export function newDeadline(review: NegativeReview, clock: VerificationClock) {
  return {
    id: newId(instantInId(review, clock.startedAt)),
    negativeReviewId: review.id,
    caseId: review.caseId ?? null,
    evaluationId: review.evaluationId,
    kind: 'VERIFICATION' as const,
    state: 'RUNNING' as Deadline['state'],
    ...clock,
    nextNoticeAt: clock.notices[0]!,
    ...placementOf(review),
    departmentId: review.departmentId,
  }
}
