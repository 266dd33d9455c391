/**
 * The course of one bad rating (差评) in hours: how long ago it was given, and how long after that each step came.
 * What has not come yet is left out, and the clocks of the open step run from the step before.
 */
export type ReviewStory = {
  /** Code of the hall's region. */
  at: string
  level: 1 | 2
  hoursAgo: number
  isAnonymous?: true
  /** Given at the window of the demo account `window`. */
  isAtDemoWindow?: true
  /** 知悉 by the hall's supervisor. */
  acknowledged?: number
  /** 核实. */
  verified?: number
  /** 核实为误评或恶意差评. */
  isInvalid?: true
  /** 整改反馈, now to be checked (质检). */
  fedBack?: number
  /** 反馈评价人. */
  told?: number
  /** 回访后办结. */
  closed?: number
}

const MAIN = '410100'
const LIMIT = 24
const left = (hours: number, minutes = 0) => LIMIT - hours - minutes / 60

/** Ten open ones for the wall of the main hall, from overdue to fresh; every state and every way to it elsewhere. */
export const reviewStories: readonly ReviewStory[] = [
  { at: MAIN, level: 1, hoursAgo: LIMIT + 2.5, acknowledged: 0.4 },
  { at: MAIN, level: 1, hoursAgo: left(0, 40) },
  { at: MAIN, level: 2, hoursAgo: left(1, 50) },
  { at: MAIN, level: 2, hoursAgo: left(3, 25), acknowledged: 0.2 },
  { at: MAIN, level: 1, hoursAgo: left(6, 10), isAtDemoWindow: true },
  { at: MAIN, level: 2, hoursAgo: left(11, 30), isAnonymous: true },
  { at: MAIN, level: 2, hoursAgo: left(17) },
  { at: MAIN, level: 1, hoursAgo: left(22) },
  { at: MAIN, level: 2, hoursAgo: 5 * 24, acknowledged: 1, verified: 9 },
  { at: MAIN, level: 2, hoursAgo: 9 * 24, acknowledged: 2, verified: 20, fedBack: 200 },
  { at: MAIN, level: 2, hoursAgo: 8 * 24, isAnonymous: true, acknowledged: 1, verified: 6, isInvalid: true },
  { at: MAIN, level: 1, hoursAgo: 20 * 24, acknowledged: 1, verified: 12, fedBack: 150, told: 190, closed: 320 },
  { at: MAIN, level: 2, hoursAgo: 29 * 24, isAtDemoWindow: true, verified: 27, fedBack: 200, told: 240, closed: 400 },

  { at: '410105', level: 2, hoursAgo: 14 },
  { at: '410105', level: 2, hoursAgo: 12 * 24, verified: 10, fedBack: 120, told: 170 },
  { at: '410182', level: 1, hoursAgo: 15 * 24, verified: 8, fedBack: 160, told: 200, closed: 340 },
  { at: '410000', level: 2, hoursAgo: 11 * 24, verified: 5, fedBack: 130, told: 150, closed: 250 },

  { at: '410200', level: 2, hoursAgo: 3.5 },
  { at: '410200', level: 1, hoursAgo: 17 * 24, verified: 22, fedBack: 220, told: 260, closed: 380 },
  { at: '410300', level: 1, hoursAgo: 19, acknowledged: 0.5 },
  { at: '410300', level: 2, hoursAgo: 15 * 24, verified: 18 },
  { at: '410300', level: 2, hoursAgo: 13 * 24, verified: 7, fedBack: 180, told: 210 },
  { at: '410300', level: 1, hoursAgo: 26 * 24, verified: 12, isInvalid: true },
  { at: '410305', level: 2, hoursAgo: 22 * 24, verified: 20, fedBack: 200, told: 250, closed: 410 },
  { at: '410400', level: 2, hoursAgo: 31 },
  { at: '410400', level: 2, hoursAgo: 24 * 24, verified: 16, fedBack: 390, told: 420, closed: 560 },
  { at: '411000', level: 1, hoursAgo: 8 },
  { at: '411000', level: 2, hoursAgo: 18 * 24, verified: 12 },
  { at: '411000', level: 2, hoursAgo: 10 * 24, verified: 15, fedBack: 205 },
  { at: '411003', level: 2, hoursAgo: 30 * 24, verified: 9, fedBack: 170, told: 210, closed: 350 },
  { at: '411200', level: 1, hoursAgo: 6 * 24, verified: 11 },
  { at: '411200', level: 2, hoursAgo: 21 * 24, verified: 6, isInvalid: true },
  { at: '410181', level: 2, hoursAgo: 16 },
  { at: '410181', level: 2, hoursAgo: 14 * 24, verified: 14, fedBack: 150, told: 190, closed: 300 },
]
