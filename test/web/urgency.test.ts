import { describe, expect, it } from 'vitest'
import { agoWords } from '../../web/wall/ago.ts'
import { fitOf } from '../../web/wall/card-fit.ts'
import type { WallReview } from '../../web/wall/feed.ts'
import { truthOf } from '../../web/wall/truth.ts'
import { byTimeLeft, nextClock, spanOf, spanParts, urgencyOf, type WallClock } from '../../web/wall/urgency.ts'
import { wallWording } from '../../web/wall/wording.ts'

const now = Date.parse('2026-11-21T02:00:00.000Z')
const hours = (count: number) => count * 3_600_000

function clock(kind: WallClock['kind'], left: number, state: WallClock['state'] = 'RUNNING'): WallClock {
  return { id: `${kind}-${left}`, kind, state, startedAt: '', dueAt: new Date(now + left).toISOString() }
}

function review(id: string, ...deadlines: WallClock[]): WallReview {
  return { id, deadlines, openedAt: '2026-11-20T02:00:00.000Z' } as unknown as WallReview
}

describe('a clock on the wall', () => {
  it.each([
    ['VERIFICATION', hours(4) + 1, 'LEFT'],
    ['VERIFICATION', hours(4), 'NEAR'],
    ['VERIFICATION', 1, 'NEAR'],
    ['VERIFICATION', -1, 'NEAR'],
    ['RECTIFICATION', hours(72) + 1, 'LEFT'],
    ['RECTIFICATION', hours(72), 'NEAR'],
    ['QUALITY_CHECK', hours(4), 'NEAR'],
    ['FOLLOW_UP', hours(25), 'LEFT'],
  ] as const)('%s with %i ms left is %s', (kind, left, urgency) => {
    expect(urgencyOf(clock(kind, left), now)).toBe(urgency)
  })

  it('is overdue when the server says so, and stands at zero until then', () => {
    expect(urgencyOf(clock('VERIFICATION', -1, 'PASSED'), now)).toBe('OVERDUE')
    expect(spanOf(clock('VERIFICATION', -5_000, 'PASSED'), now)).toBe(-5_000)
    expect(spanOf(clock('VERIFICATION', -5_000), now)).toBe(0)
  })

  it('counts down in hours, from two days on in days', () => {
    expect(spanParts(hours(23) + 41 * 60_000 + 7_999)).toEqual({ days: 0, hours: 23, clock: '23:41:07' })
    expect(spanParts(-hours(51))).toEqual({ days: 2, hours: 3, clock: '51:00:00' })
  })

  it('is the one due first of those that still run', () => {
    const done = clock('VERIFICATION', -hours(1), 'MET')
    const late = clock('VERIFICATION', -hours(2), 'PASSED')
    const running = clock('RECTIFICATION', hours(9))
    expect(nextClock(review('a', running, done))).toEqual(running)
    expect(nextClock(review('a', running, late))).toEqual(late)
    expect(nextClock(review('a', done))).toBeNull()
    expect(urgencyOf(null, now)).toBe('NONE')
  })
})

it('the least time left comes first, what has no clock last', () => {
  const given = [
    review('none'),
    review('tomorrow', clock('VERIFICATION', hours(20))),
    review('over', clock('VERIFICATION', -1)),
  ]
  expect(byTimeLeft(given).map(({ id }) => id)).toEqual(['over', 'tomorrow', 'none'])
})

describe('how long ago', () => {
  const words = wallWording.zh
  const ago = (milliseconds: number, isAnonymous = false) =>
    agoWords({ openedAt: new Date(now - milliseconds).toISOString(), isAnonymous }, now, words)
  it.each([
    [0, '刚刚'],
    [5 * 60_000, '5 分钟前'],
    [hours(3), '3 小时前'],
    [hours(49), '2 天前'],
  ])('%i ms reads %s', (milliseconds, text) => {
    expect(ago(milliseconds)).toBe(text)
  })

  it('claims no more than the hour of an anonymous rating', () => {
    expect(ago(5 * 60_000, true)).toBe('约 1 小时前')
    expect(ago(hours(3) + 1, true)).toBe('约 3 小时前')
  })
})

describe('what the wall says of itself', () => {
  const facts = { isFollowing: true, attempt: 0, heardAt: now - 1000, now }
  it.each([
    ['it is live while both feeds speak', facts, 'LIVE', false],
    ['after 30 s of silence it is only right as of the last word', { ...facts, heardAt: now - 30_001 }, 'AS_OF', true],
    ['a cut shows as reconnecting at once', { ...facts, isFollowing: false, attempt: 2 }, 'RECONNECTING', false],
    ['a long cut also greys the cards', { ...facts, isFollowing: false, heardAt: now - 60_000 }, 'RECONNECTING', true],
    ['before the first word it claims nothing', { ...facts, isFollowing: false, heardAt: null }, 'RECONNECTING', true],
  ])('%s', (_sentence, given, kind, isStale) => {
    expect(truthOf(given)).toEqual({ kind, isStale, attempt: given.attempt, heardAt: given.heardAt })
  })
})

describe('cards on a 4K screen with 32 px letters', () => {
  const grid = [3160, 1860, 32] as const
  it.each([
    [3, { scale: 1.75, columns: 2, rows: 2 }],
    [9, { scale: 1.25, columns: 3, rows: 3 }],
    [16, { scale: 1, columns: 4, rows: 4 }],
    [50, { scale: 1, columns: 4, rows: 4 }],
  ])('%i cards', (count, fit) => {
    expect(fitOf(...grid, count)).toEqual(fit)
  })
  it('one card shows even where none fits', () => {
    expect(fitOf(100, 100, 32, 5)).toEqual({ scale: 1, columns: 1, rows: 1 })
  })
})
