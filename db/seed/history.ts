import { calendarOf } from '../../subgraphs/shared/clock/calendar.ts'
import {
  calendarDaysFromChineseDays,
  yearsInChineseDays,
} from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import type { Directory } from './directory.ts'
import { makeDemoPeopleCases } from './history/demo-people-cases.ts'
import { type Link, makeLinks } from './history/links.ts'
import type { PastRating } from './history/ratings.ts'
import { makePastCases, type PastCase, type Times } from './history/service-cases.ts'
import { makeRatings, type ToldRating } from './history/told-ratings.ts'

/** Six weeks of cases and ratings (历史数据) up to an instant. */
export type History = {
  times: Times
  links: Link[]
  cases: PastCase[]
  ratings: PastRating[]
  /** The bad ones among the ratings, with what became of them. */
  told: ToldRating[]
}

/** Makes the history of the weeks before `now`: the same instant gives the same history. */
export function makeHistory(directory: Directory, now: Date): History {
  const years = new Set(yearsInChineseDays())
  const year = now.getUTCFullYear()
  const near = [year - 1, year, year + 1].filter(one => years.has(one))
  const times = { now, calendar: calendarOf(calendarDaysFromChineseDays(near)) }
  const links = makeLinks(directory.halls)
  const cases = makePastCases(directory, links, times)
  // After the ratings, so that the demo's people find nothing rated yet.
  const ownCases = makeDemoPeopleCases(directory, links, times)
  return { times, links, ...makeRatings(cases, directory.demoWindow, now), cases: [...cases, ...ownCases] }
}
