import type {
  DeadlineEventKind,
  NegativeReviewEventKind,
  WallDeadlineEventFragment,
  WallReviewFragment,
} from '../kit/generated/operations.ts'

export type WallReview = WallReviewFragment

/** The last event of a feed that the wall has seen. */
export type FeedHead = { epoch: string; position: string }

type PlacedEvent = { epoch: string; position: string; previousPosition: string }

export type ReviewEvent = PlacedEvent & { kind: NegativeReviewEventKind; negativeReview: WallReview | null }
export type DeadlineEvent = Omit<WallDeadlineEventFragment, 'at' | 'secondsLeft'> & { kind: DeadlineEventKind }

/** What the wall shows: the open bad ratings by id, and how far it has read both feeds. */
export type WallFeed = { reviews: ReadonlyMap<string, WallReview>; reviewHead: FeedHead; deadlineHead: FeedHead }

/**
 * What to do with an event: take it, leave it because it is known, ask for what was missed before it, or begin afresh because the log
 * is another one. A wall that goes by this cannot miss an event without noticing.
 */
export type Judgement = 'TAKE' | 'KNOWN' | 'MISSED' | 'RESET'

export function judgeEvent(head: FeedHead, event: PlacedEvent & { kind: string }): Judgement {
  if (event.epoch !== head.epoch) return 'RESET'
  if (!isLater(event.position, head.position)) return 'KNOWN'
  if (event.kind === 'HEARTBEAT') return 'MISSED'
  return event.previousPosition === head.position ? 'TAKE' : 'MISSED'
}

/** A position as `after` takes it: with its epoch, so that another log says so instead of going on. */
export function afterHead(head: FeedHead): string {
  return `${head.epoch}:${head.position}`
}

/** Takes an event of the review feed; events without a review, heartbeats, only move the position. */
export function takeReviewEvent(feed: WallFeed, event: ReviewEvent): WallFeed {
  const reviewHead = headOf(event)
  return event.negativeReview ? { ...withReview(feed, event.negativeReview), reviewHead } : { ...feed, reviewHead }
}

/** Shows a review as it is now; handled ones leave the wall. */
export function withReview(feed: WallFeed, review: WallReview): WallFeed {
  const reviews = new Map(feed.reviews)
  if (review.state === 'CLOSED' || review.state === 'INVALID') reviews.delete(review.id)
  else reviews.set(review.id, review)
  return { ...feed, reviews }
}

/** Takes an event of the deadline feed: the clock that it names replaces the one shown. Clocks of reviews not shown are left alone. */
export function takeDeadlineEvent(feed: WallFeed, event: DeadlineEvent): WallFeed {
  const deadlineHead = headOf(event)
  const { deadline } = event
  const review = deadline && feed.reviews.get(deadline.negativeReview.id)
  if (!deadline || !review) return { ...feed, deadlineHead }
  const { negativeReview: _review, ...clock } = deadline
  const deadlines = [...review.deadlines.filter(known => known.id !== clock.id), clock]
  return { ...feed, deadlineHead, reviews: new Map(feed.reviews).set(review.id, { ...review, deadlines }) }
}

/** True when position `a` lies behind position `b`; positions are whole numbers as text, of any length. */
export function isLater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length
}

function headOf(event: PlacedEvent): FeedHead {
  return { epoch: event.epoch, position: event.position }
}
