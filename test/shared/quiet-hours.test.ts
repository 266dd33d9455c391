import { expect, test } from 'vitest'
import { afterQuietHours, afterQuietHoursOfAll } from '../../subgraphs/shared/clock/quiet-hours.ts'

const night = { quietFromHour: 21, quietUntilHour: 8 }
const shanghai = (text: string) => new Date(`${text}+08:00`)
const shifted = (text: string, hours = night) => afterQuietHours(shanghai(text), hours)

test.each([
  ['2026-11-20T20:59:59.999', '2026-11-20T20:59:59.999'],
  ['2026-11-20T21:00:00', '2026-11-21T08:00:00'],
  ['2026-11-20T23:59:59', '2026-11-21T08:00:00'],
  ['2026-11-21T00:00:00', '2026-11-21T08:00:00'],
  ['2026-11-21T07:59:59.999', '2026-11-21T08:00:00'],
  ['2026-11-21T08:00:00', '2026-11-21T08:00:00'],
  ['2026-12-31T22:00:00', '2027-01-01T08:00:00'],
  // Shanghai once had summer time; it has none, whatever the server's own zone does on such a day.
  ['2026-03-29T02:30:00', '2026-03-29T08:00:00'],
])('with quiet hours from 21 to 8, %s is written to at %s', (at, then) => {
  expect(shifted(at)).toEqual(shanghai(then))
})

test('quiet hours within one day, and none at all', () => {
  const noon = { quietFromHour: 12, quietUntilHour: 14 }
  expect(shifted('2026-11-20T12:30:00', noon)).toEqual(shanghai('2026-11-20T14:00:00'))
  expect(shifted('2026-11-20T14:00:00', noon)).toEqual(shanghai('2026-11-20T14:00:00'))
  expect(shifted('2026-11-20T03:00:00', { quietFromHour: 0, quietUntilHour: 0 })).toEqual(
    shanghai('2026-11-20T03:00:00'),
  )
})

test('where several rules hold, the end of one may lie in another', () => {
  const rules = [{ quietFromHour: 8, quietUntilHour: 9 }, night]
  expect(afterQuietHoursOfAll(shanghai('2026-11-20T22:00:00'), rules)).toEqual(shanghai('2026-11-21T09:00:00'))
})
