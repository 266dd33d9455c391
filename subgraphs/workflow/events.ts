import type { NewEvent } from '../shared/events/event.ts'
import type { Deadline, DeadlineKind } from './store/deadline.entity.ts'
import type { NegativeReview } from './store/negative-review.entity.ts'
import { type PlacedRow, placementOf } from './store/placed-row.ts'

/** Live feeds of this subgraph. */
export const negativeReviewsFeed = 'negativeReviews'
export const deadlinesFeed = 'deadlines'

export type NegativeReviewEventType = 'NegativeReviewOpened' | 'NegativeReviewAcknowledged'

/** What happens to a clock (时限): it starts, comes near, passes. */
export type DeadlineEventType = 'DeadlineStarted' | 'DeadlineApproaching' | 'DeadlinePassed'

/** A bad rating got its handling (差评已派发). */
export type NegativeReviewOpened = {
  negativeReviewId: string
  evaluationId: string
  caseId: string | null
  cityCode: string
  score: number
  isAnonymous: boolean
}

/** Somebody on duty has seen it (已知悉). */
export type NegativeReviewAcknowledged = { negativeReviewId: string; acknowledgedById: string }

/** The payload of each of them. */
export type DeadlineFact = {
  deadlineId: string
  negativeReviewId: string
  kind: DeadlineKind
  dueAt: string
  /** As of the moment of the fact; negative when passed. */
  secondsLeft: number
}

export function negativeReviewOpened(review: NegativeReview, occurredAt: Date): NewEvent<NegativeReviewOpened> {
  return {
    type: 'NegativeReviewOpened',
    feed: negativeReviewsFeed,
    subjectId: review.id,
    occurredAt,
    placement: placementOf(review),
    payload: {
      negativeReviewId: review.id,
      evaluationId: review.evaluationId,
      caseId: review.caseId ?? null,
      cityCode: review.cityCode,
      score: review.score,
      isAnonymous: review.isAnonymous,
    },
  }
}

export function negativeReviewAcknowledged(
  review: NegativeReview,
  acknowledgedById: string,
  occurredAt: Date,
): NewEvent<NegativeReviewAcknowledged> {
  return {
    type: 'NegativeReviewAcknowledged',
    feed: negativeReviewsFeed,
    subjectId: review.id,
    occurredAt,
    placement: placementOf(review),
    payload: { negativeReviewId: review.id, acknowledgedById },
  }
}

export function deadlineFact(
  type: DeadlineEventType,
  { deadline, secondsLeft }: { deadline: AnnouncedDeadline; secondsLeft: number },
  occurredAt: Date,
): NewEvent<DeadlineFact> {
  return {
    type,
    feed: deadlinesFeed,
    subjectId: deadline.id,
    occurredAt,
    placement: placementOf(deadline),
    payload: {
      deadlineId: deadline.id,
      negativeReviewId: deadline.negativeReviewId,
      kind: deadline.kind,
      dueAt: deadline.dueAt.toISOString(),
      secondsLeft,
    },
  }
}

/** As much of a clock as its facts tell. */
export type AnnouncedDeadline = Pick<Deadline, 'id' | 'negativeReviewId' | 'kind' | 'dueAt'> & PlacedRow
