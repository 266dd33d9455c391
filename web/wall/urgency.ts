import type { DeadlineKind } from '../kit/generated/operations.ts'
import type { WallReview } from './feed.ts'

export type WallClock = WallReview['deadlines'][number]

/** 剩余 / 临期 / 超期; `NONE` where no clock runs. */
export type Urgency = 'LEFT' | 'NEAR' | 'OVERDUE' | 'NONE'

const hour = 3_600_000

/** Time left at which a clock counts as near its end, milliseconds: the second of the three warnings that the policies give by default. */
const nearMilliseconds: Record<DeadlineKind, number> = {
  VERIFICATION: 4 * hour,
  RECTIFICATION: 3 * 24 * hour,
  QUALITY_CHECK: 4 * hour,
  FOLLOW_UP: 24 * hour,
}

/** The clock that matters now: of those that have not ended, the one due first; null when none runs. */
export function nextClock(review: WallReview): WallClock | null {
  const running = review.deadlines.filter(clock => clock.state === 'RUNNING' || clock.state === 'PASSED')
  return running.sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))[0] ?? null
}

/**
 * 超期 is the server's word, which comes with the passing itself: of an anonymous rating the hall is told a moment of up to an hour
 * too early, and nobody may be called late by it.
 *
 * @param now by the server's clock, epoch milliseconds
 */
export function urgencyOf(clock: WallClock | null, now: number): Urgency {
  if (!clock) return 'NONE'
  if (clock.state === 'PASSED') return 'OVERDUE'
  return Date.parse(clock.dueAt) - now <= nearMilliseconds[clock.kind] ? 'NEAR' : 'LEFT'
}

/** Milliseconds left, or over the limit when it has passed; never a countdown below zero. */
export function spanOf(clock: WallClock, now: number): number {
  const left = Date.parse(clock.dueAt) - now
  return clock.state === 'PASSED' ? left : Math.max(0, left)
}

/** Least time left first; without a clock last; equal ones by age, so that cards never change places without a reason. */
export function byTimeLeft(reviews: Iterable<WallReview>): WallReview[] {
  const due = (review: WallReview) => {
    const clock = nextClock(review)
    return clock ? Date.parse(clock.dueAt) : Number.POSITIVE_INFINITY
  }
  return [...reviews]
    .map(review => ({ review, due: due(review) }))
    .sort(
      (a, b) =>
        compare(a.due, b.due) || compare(a.review.openedAt, b.review.openedAt) || compare(a.review.id, b.review.id),
    )
    .map(({ review }) => review)
}

/** A span as a countdown: `23:41:07`, from two days on days and hours. */
export function spanParts(milliseconds: number): { days: number; hours: number; clock: string } {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor((seconds % 86_400) / 3600),
    clock: `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`,
  }
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
