import { recordEvents } from '../../../db/outbox.ts'
import { startOfHour } from '../../shared/anonymity.ts'
import type { WorkCalendar } from '../../shared/clock/calendar.ts'
import type { Transaction } from '../../shared/database.ts'
import { type EvaluationSubmitted, readEvaluationSubmitted } from '../../shared/events/evaluation-submitted.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import { newId } from '../../shared/uuid.ts'
import { secondsLeft } from '../domain/announcement.ts'
import { type VerificationClock, verificationClock } from '../domain/verification-clock.ts'
import { deadlineFact, negativeReviewOpened } from '../events.ts'
import { type Deadline, DeadlineEntity } from '../store/deadline.entity.ts'
import { type NegativeReview, NegativeReviewEntity } from '../store/negative-review.entity.ts'
import { placementOf } from '../store/placed-row.ts'

/**
 * Opens the handling of a bad rating (差评派发) and starts its clock of verification, in the transaction of the consumer.
 * One per rating: the same fact again changes nothing. Good ratings need none.
 */
export async function openNegativeReview(
  transaction: Transaction,
  event: StampedEvent,
  rules: { policies: readonly JurisdictionPolicy[]; calendar: WorkCalendar; now: Date },
): Promise<void> {
  const rating = readEvaluationSubmitted(event)
  if (!rating.isNegative) return
  // A unit of work of its own: after a fault the consumer goes on with the next fact, which must not flush this one's rows.
  const em = transaction.em.fork({ keepTransactionContext: true, clear: true })
  if (await em.findOne(NegativeReviewEntity, { evaluationId: rating.evaluationId })) return

  const clock = verificationClock(rules.policies, rating.policyId, new Date(rating.evaluatedAt), rules.calendar)
  const review = em.create(NegativeReviewEntity, newReview(rating, clock, event))
  const deadline = em.create(DeadlineEntity, newDeadline(review, clock))
  await em.persist([review, deadline]).flush()

  await recordEvents(transaction, 'workflow', [
    negativeReviewOpened(review, rules.now),
    deadlineFact('DeadlineStarted', { deadline, secondsLeft: secondsLeft(clock.dueAt, rules.now) }, rules.now),
  ])
}

function newReview(rating: EvaluationSubmitted, clock: VerificationClock, { id, placement }: StampedEvent) {
  if (!placement.departmentId) throw new Error(`the rating of event ${id} names no department that answers for it`)
  return {
    id: newId(instantInId(rating, clock)),
    cityCode: rating.cityCode,
    evaluationId: rating.evaluationId,
    caseId: rating.caseId,
    subjectKind: rating.subjectKind,
    matterId: rating.matterId,
    score: rating.score as NegativeReview['score'],
    isAnonymous: rating.isAnonymous,
    state: 'DISPATCHED' as const,
    openedAt: clock.startedAt,
    policyId: clock.policyId,
    policyVersion: clock.policyVersion,
    ...placement,
    departmentId: placement.departmentId,
  }
}

/** An id tells its millisecond to whoever can read it, so those of an anonymous rating's review and clock tell only the hour. */
function instantInId({ isAnonymous }: { isAnonymous: boolean }, { startedAt }: VerificationClock): number {
  return (isAnonymous ? startOfHour(startedAt) : startedAt).getTime()
}

function newDeadline(review: NegativeReview, clock: VerificationClock) {
  return {
    id: newId(instantInId(review, clock)),
    negativeReviewId: review.id,
    caseId: review.caseId,
    evaluationId: review.evaluationId,
    kind: 'VERIFICATION' as const,
    state: 'RUNNING' as Deadline['state'],
    ...clock,
    nextNoticeAt: clock.notices[0]!,
    ...placementOf(review),
    departmentId: review.departmentId,
  }
}
