import { recordEvents } from '../../../db/outbox.ts'
import type { WorkCalendar } from '../../shared/clock/calendar.ts'
import type { Transaction } from '../../shared/database.ts'
import { type EvaluationSubmitted, readEvaluationSubmitted } from '../../shared/events/evaluation-submitted.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import { newId } from '../../shared/uuid.ts'
import { secondsLeft } from '../domain/announcement.ts'
import { instantInId } from '../domain/instant-in-id.ts'
import { policyOfRating, verificationClock } from '../domain/verification-clock.ts'
import { deadlineFact, negativeReviewOpened } from '../events.ts'
import { DeadlineEntity } from '../store/deadline.entity.ts'
import { type NegativeReview, NegativeReviewEntity } from '../store/negative-review.entity.ts'
import { newDeadline } from '../store/new-deadline.ts'
import { awaitClock } from '../store/waiting-clocks.ts'

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

  const ratedAt = new Date(rating.evaluatedAt)
  const policy = policyOfRating(rules.policies, rating.policyId, ratedAt)
  const clock = verificationClock(policy, ratedAt, rules.calendar)
  const review = em.create(NegativeReviewEntity, newReview(rating, policy, event))
  const opened = negativeReviewOpened(review, rules.now)
  if (!clock) {
    await em.persist(review).flush()
    await awaitClock(transaction, review.id)
    return recordEvents(transaction, 'workflow', [opened])
  }
  const deadline = em.create(DeadlineEntity, newDeadline(review, clock))
  await em.persist([review, deadline]).flush()
  await recordEvents(transaction, 'workflow', [
    opened,
    deadlineFact('DeadlineStarted', { deadline, secondsLeft: secondsLeft(clock.dueAt, rules.now) }, rules.now),
  ])
}

function newReview(rating: EvaluationSubmitted, policy: JurisdictionPolicy, { id, placement }: StampedEvent) {
  if (!placement.departmentId) throw new Error(`the rating of event ${id} names no department that answers for it`)
  const openedAt = new Date(rating.evaluatedAt)
  return {
    id: newId(instantInId(rating, openedAt)),
    cityCode: rating.cityCode,
    evaluationId: rating.evaluationId,
    caseId: rating.caseId,
    subjectKind: rating.subjectKind,
    matterId: rating.matterId,
    score: rating.score as NegativeReview['score'],
    isAnonymous: rating.isAnonymous,
    isProbe: rating.isProbe,
    state: 'DISPATCHED' as const,
    openedAt,
    policyId: policy.id,
    policyVersion: policy.version,
    ...placement,
    departmentId: placement.departmentId,
  }
}
