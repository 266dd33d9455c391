import type { WallReview } from './feed.ts'
import type { WallWording } from './wording.ts'

const minute = 60_000

/** How long ago it was rated. Of an anonymous one only the hour is known here, and no more is claimed. */
export function agoWords(
  review: Pick<WallReview, 'openedAt' | 'isAnonymous'>,
  now: number,
  words: WallWording,
): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(review.openedAt)) / minute))
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return words.daysAgo(Math.floor(hours / 24))
  if (review.isAnonymous) return words.about + words.hoursAgo(Math.max(1, hours))
  if (hours >= 1) return words.hoursAgo(hours)
  return minutes === 0 ? words.justNow : words.minutesAgo(minutes)
}
