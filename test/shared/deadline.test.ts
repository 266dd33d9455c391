import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CalendarYearMissing, calendarOf, isWorkday, missingYears } from '../../subgraphs/shared/clock/calendar.ts'
import {
  calendarDaysFromChineseDays,
  yearsInChineseDays,
} from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { computeDeadline, endOfNaturalDays, type LimitUnit } from '../../subgraphs/shared/clock/deadline.ts'
import { shanghaiDay } from '../../subgraphs/shared/clock/shanghai-day.ts'
import { formatShanghaiTime, parseSourceTime } from '../../subgraphs/shared/clock/shanghai-time.ts'
import { type ThresholdPolicy, thresholds } from '../../subgraphs/shared/clock/thresholds.ts'

const calendar = calendarOf(calendarDaysFromChineseDays([2019, 2020, 2021, 2025, 2026]))

function shanghai(text: string): Date {
  const time = parseSourceTime(text)
  if (!time.ok) throw new Error(`${text}: ${time.fault}`)
  return time.at
}

const due = (amount: number, unit: LimitUnit, start: string) =>
  formatShanghaiTime(computeDeadline({ amount, unit }, shanghai(start), calendar).dueAt)

describe('the official calendar', () => {
  test('counts make-up Saturdays as working days and says why', () => {
    expect(calendar('2020-05-09')).toEqual({
      day: '2020-05-09',
      kind: 'WORKDAY',
      name: { zh: '劳动节调休上班', en: 'make-up working day for Labour Day' },
    })
    expect(calendar('2020-05-04')).toEqual({
      day: '2020-05-04',
      kind: 'HOLIDAY',
      name: { zh: '劳动节', en: 'Labour Day' },
    })
    expect(calendar('2020-05-10')).toEqual({ day: '2020-05-10', kind: 'HOLIDAY', name: { zh: '周日', en: 'Sunday' } })
    expect(calendar('2020-05-11')).toEqual({ day: '2020-05-11', kind: 'WORKDAY', name: { zh: '周一', en: 'Monday' } })
  })

  test('has every day of a year exactly once, 248 of them working days in 2026', () => {
    const rows = calendarDaysFromChineseDays([2026])
    expect(new Set(rows.map(row => row.day)).size).toBe(365)
    expect(rows.filter(row => row.kind === 'WORKDAY')).toHaveLength(248)
  })

  test('names the year that it does not cover instead of guessing', () => {
    const beyond = Math.max(...yearsInChineseDays()) + 1
    expect(() => calendarDaysFromChineseDays([beyond])).toThrow(CalendarYearMissing)
    expect(() => isWorkday(calendar, '2022-01-04')).toThrow('2022')
    expect(missingYears(calendar, [2019, 2020, 2022, 2026, 2027])).toEqual([2022, 2027])
  })

  test('refuses working days that run into an uncovered year, while natural days and hours need no calendar', () => {
    const start = shanghai('2026-12-25 10:00:00')
    expect(() => computeDeadline({ amount: 15, unit: 'WORKING_DAYS' }, start, calendar)).toThrow(CalendarYearMissing)
    expect(due(15, 'NATURAL_DAYS', '2026-12-25 10:00:00')).toBe('2027-01-10 00:00:00')
    expect(due(240, 'HOURS', '2026-12-25 10:00:00')).toBe('2027-01-04 10:00:00')
  })
})

describe('a deadline', () => {
  test('of five working days from 2020-04-30 crosses the May holiday and counts Saturday 2020-05-09', () => {
    const deadline = computeDeadline({ amount: 5, unit: 'WORKING_DAYS' }, shanghai('2020-04-30 15:20:00'), calendar)
    expect(deadline).toEqual({
      dueAt: shanghai('2020-05-12 00:00:00'),
      explanation: [
        { day: '2020-04-30', counted: false, why: { zh: '起算当日不计', en: 'the day of the start is not counted' } },
        ...['2020-05-01', '2020-05-02', '2020-05-03', '2020-05-04', '2020-05-05'].map(day => ({
          day,
          counted: false,
          why: { zh: '劳动节，不计', en: 'Labour Day, not counted' },
        })),
        { day: '2020-05-06', counted: true, why: { zh: '周三，第1日', en: 'Wednesday, day 1' } },
        { day: '2020-05-07', counted: true, why: { zh: '周四，第2日', en: 'Thursday, day 2' } },
        { day: '2020-05-08', counted: true, why: { zh: '周五，第3日', en: 'Friday, day 3' } },
        {
          day: '2020-05-09',
          counted: true,
          why: { zh: '劳动节调休上班，第4日', en: 'make-up working day for Labour Day, day 4' },
        },
        { day: '2020-05-10', counted: false, why: { zh: '周日，不计', en: 'Sunday, not counted' } },
        { day: '2020-05-11', counted: true, why: { zh: '周一，第5日', en: 'Monday, day 5' } },
      ],
    })
  })

  test('of working days skips the nine days of Spring Festival 2026 and counts the make-up Saturdays around it', () => {
    expect(due(1, 'WORKING_DAYS', '2026-02-13 09:00:00')).toBe('2026-02-15 00:00:00')
    expect(due(1, 'WORKING_DAYS', '2026-02-14 09:00:00')).toBe('2026-02-25 00:00:00')
    expect(due(5, 'WORKING_DAYS', '2026-02-14 09:00:00')).toBe('2026-03-01 00:00:00')
  })

  test('of fifteen natural days from the last second of a day still has day 1 on the next day', () => {
    expect(due(15, 'NATURAL_DAYS', '2026-03-01 23:59:59')).toBe('2026-03-17 00:00:00')
    expect(due(15, 'NATURAL_DAYS', '2026-03-02 00:00:00')).toBe('2026-03-18 00:00:00')
    expect(endOfNaturalDays(15, shanghai('2026-03-01 23:59:59'))).toEqual(shanghai('2026-03-17 00:00:00'))
  })

  test('of zero days ends with the same day', () => {
    expect(computeDeadline({ amount: 0, unit: 'NATURAL_DAYS' }, shanghai('2026-03-01 08:00:00'), calendar)).toEqual({
      dueAt: shanghai('2026-03-02 00:00:00'),
      explanation: [{ day: '2026-03-01', counted: true, why: { zh: '当日24时截止', en: 'ends at 24:00 of this day' } }],
    })
  })

  test('of zero working days ends with the first working day where the start is a holiday', () => {
    expect(due(0, 'WORKING_DAYS', '2026-03-02 08:00:00')).toBe('2026-03-03 00:00:00')
    expect(computeDeadline({ amount: 0, unit: 'WORKING_DAYS' }, shanghai('2026-03-01 08:00:00'), calendar)).toEqual({
      dueAt: shanghai('2026-03-03 00:00:00'),
      explanation: [
        { day: '2026-03-01', counted: false, why: { zh: '周日，不计', en: 'Sunday, not counted' } },
        { day: '2026-03-02', counted: true, why: { zh: '当日24时截止', en: 'ends at 24:00 of this day' } },
      ],
    })
  })

  test('of 24 hours runs through holidays to the second and explains itself per day', () => {
    expect(computeDeadline({ amount: 24, unit: 'HOURS' }, shanghai('2026-02-16 23:59:59'), calendar)).toEqual({
      dueAt: shanghai('2026-02-17 23:59:59'),
      explanation: [
        {
          day: '2026-02-16',
          counted: true,
          why: { zh: '连续计时，计入0小时0分1秒', en: 'runs without a break: 0 h 0 min 1 s counted' },
        },
        {
          day: '2026-02-17',
          counted: true,
          why: { zh: '连续计时，计入23小时59分59秒', en: 'runs without a break: 23 h 59 min 59 s counted' },
        },
      ],
    })
  })

  test('of 24 hours adds up to 24 hours, whatever the fraction of a second it starts at', () => {
    const start = new Date('2026-11-20T00:48:40.368Z')
    const { explanation } = computeDeadline({ amount: 24, unit: 'HOURS' }, start, calendar)
    expect(explanation.map(({ why }) => why.zh)).toEqual([
      '连续计时，计入15小时11分20秒',
      '连续计时，计入8小时48分40秒',
    ])
  })

  test.each([
    [0, 'HOURS'],
    [-1, 'NATURAL_DAYS'],
    [1.5, 'WORKING_DAYS'],
    [Number.NaN, 'HOURS'],
  ] as const)('of %s %s is refused', (amount, unit) => {
    expect(() => computeDeadline({ amount, unit }, shanghai('2026-03-01 08:00:00'), calendar)).toThrow(RangeError)
  })

  test('never lies before its start, counts exactly N days, and working days never end before natural days', () => {
    const start = fc.date({
      min: new Date('2025-01-01T00:00:00Z'),
      max: new Date('2026-10-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 40 }), (at, amount) => {
        const hours = computeDeadline({ amount, unit: 'HOURS' }, at, calendar)
        const natural = computeDeadline({ amount, unit: 'NATURAL_DAYS' }, at, calendar)
        const working = computeDeadline({ amount, unit: 'WORKING_DAYS' }, at, calendar)
        expect(hours.dueAt.getTime() - at.getTime()).toBe(amount * 3_600_000)
        expect(natural.dueAt.getTime()).toBeGreaterThan(at.getTime() + (amount - 1) * 86_400_000)
        expect(working.dueAt.getTime()).toBeGreaterThanOrEqual(natural.dueAt.getTime())
        for (const { dueAt, explanation } of [natural, working]) {
          expect(explanation.filter(step => step.counted)).toHaveLength(amount)
          expect(explanation.at(-1)!.counted).toBe(true)
          expect(shanghaiDay(new Date(dueAt.getTime() - 1))).toBe(explanation.at(-1)!.day)
        }
      }),
    )
  })
})

describe('warnings of an approaching deadline', () => {
  const policy: ThresholdPolicy = {
    VERIFICATION: [{ left: 'HALF' }, { left: 'HOURS', amount: 4 }, { left: 'HOURS', amount: 1 }],
    RECTIFICATION: [
      { left: 'DAYS', amount: 5 },
      { left: 'DAYS', amount: 3 },
      { left: 'DAYS', amount: 1 },
    ],
  }
  const named = (list: { name: string; at: Date }[]) => list.map(({ name, at }) => [name, formatShanghaiTime(at)])

  test('of a 24-hour verification come at half the time, 4 hours and 1 hour before', () => {
    const [start, end] = [shanghai('2026-03-01 08:00:00'), shanghai('2026-03-02 08:00:00')]
    expect(named(thresholds('VERIFICATION', start, end, policy))).toEqual([
      ['HALF', '2026-03-01 20:00:00'],
      ['HOURS_4', '2026-03-02 04:00:00'],
      ['HOURS_1', '2026-03-02 07:00:00'],
    ])
  })

  test('of a 15-day rectification come 5, 3 and 1 days before', () => {
    const [start, end] = [shanghai('2026-03-01 08:00:00'), shanghai('2026-03-17 00:00:00')]
    expect(named(thresholds('RECTIFICATION', start, end, policy))).toEqual([
      ['DAYS_5', '2026-03-12 00:00:00'],
      ['DAYS_3', '2026-03-14 00:00:00'],
      ['DAYS_1', '2026-03-16 00:00:00'],
    ])
  })

  test('leave out what would lie before the start and announce one moment once', () => {
    const start = shanghai('2026-03-01 08:00:00')
    expect(named(thresholds('RECTIFICATION', start, shanghai('2026-03-03 00:00:00'), policy))).toEqual([
      ['DAYS_1', '2026-03-02 00:00:00'],
    ])
    expect(named(thresholds('VERIFICATION', start, shanghai('2026-03-01 16:00:00'), policy))).toEqual([
      ['HOURS_4', '2026-03-01 12:00:00'],
      ['HOURS_1', '2026-03-01 15:00:00'],
    ])
  })
})
