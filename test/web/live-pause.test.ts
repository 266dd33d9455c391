import { expect, it } from 'vitest'
import { pauseMilliseconds } from '../../web/kit/live-link.ts'
import { ServerClock } from '../../web/kit/server-clock.ts'

it('pauses between attempts grow to ten seconds and differ from screen to screen', () => {
  expect([0, 1, 2, 4, 5, 40].map(attempt => pauseMilliseconds(attempt, () => 0))).toEqual([
    250, 500, 1000, 4000, 5000, 5000,
  ])
  expect([0, 1, 2, 4, 5, 40].map(attempt => pauseMilliseconds(attempt, () => 1))).toEqual([
    500, 1000, 2000, 8000, 10_000, 10_000,
  ])
})

it('a screen whose own clock is hours wrong counts by the server’s', () => {
  let own = Date.parse('2026-11-21T08:00:00.000Z')
  const clock = new ServerClock(() => own)
  clock.note('2026-11-21T02:00:00.000Z')
  own += 5000
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-21T02:00:05.000Z')
  clock.note('not a time')
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-21T02:00:05.000Z')
})
