import type { Window } from '../directory/windows.ts'
import { badRating, goodRating, type PastRating, secondRating } from './ratings.ts'
import { type ReviewStory, reviewStories } from './review-stories.ts'
import { openedAt, toldAt } from './reviews.ts'
import type { PastCase } from './service-cases.ts'

const HOUR_MS = 3_600_000
// Nobody writes a bad rating while the receipt is still being printed.
const SOONEST_MS = 10 * 60_000

/** A bad rating with the story that it opened. */
export type ToldRating = { story: ReviewStory; rating: PastRating }

/** All ratings of the past weeks: the stories' bad ones, each on a case of its own, what followed them, and the good ones. */
export function makeRatings(
  cases: readonly PastCase[],
  demoWindow: Window,
  now: Date,
): { told: ToldRating[]; ratings: PastRating[] } {
  const told = tellStories(cases, demoWindow, now)
  const taken = new Set(told.map(({ rating }) => rating.pastCase))
  const good = cases.filter(pastCase => !taken.has(pastCase)).map(pastCase => goodRating(pastCase, now))
  const second = told.map(({ story, rating }) => {
    const at = story.closed === undefined ? null : toldAt(story, now)
    return at && secondRating(rating, new Date(at.getTime() + 3 * HOUR_MS))
  })
  const ratings = [...told.map(({ rating }) => rating), ...second, ...good].filter(rating => rating !== null)
  return { told, ratings }
}

function tellStories(cases: readonly PastCase[], demoWindow: Window, now: Date): ToldRating[] {
  const taken = new Set<PastCase>()
  const windows = new Set<Window>([demoWindow])
  return reviewStories.flatMap(story => {
    const rated = caseOf(story, cases, { taken, windows, demoWindow }, now)
    // After a week of holidays a small hall may have nothing to complain about: the demo starts on any day all the same.
    if (!rated) return []
    taken.add(rated)
    windows.add(rated.window)
    return [{ story, rating: badRating(rated, story.level, openedAt(story, now), story.isAnonymous ?? false) }]
  })
}

type Used = { taken: Set<PastCase>; windows: Set<Window>; demoWindow: Window }

// The case closed last before the rating, at a window that no other story has if there is one.
function caseOf(story: ReviewStory, cases: readonly PastCase[], used: Used, now: Date): PastCase | undefined {
  const latest = openedAt(story, now).getTime() - SOONEST_MS
  const possible = cases
    .filter(({ hall, closedAt, isValid }) => hall.region.code === story.at && isValid && closedAt !== null)
    .filter(pastCase => pastCase.closedAt!.getTime() <= latest && !used.taken.has(pastCase))
    .sort((a, b) => b.closedAt!.getTime() - a.closedAt!.getTime())
  const atDemoWindow = story.isAtDemoWindow && possible.find(({ window }) => window === used.demoWindow)
  return atDemoWindow || (possible.find(({ window }) => !used.windows.has(window)) ?? possible[0])
}
