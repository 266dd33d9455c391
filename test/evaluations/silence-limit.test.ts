import { describe, expect, test } from 'vitest'
import { silenceRules } from '../../subgraphs/evaluations/domain/silence-limit.ts'
import { calendarOf } from '../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { formatShanghaiTime } from '../../subgraphs/shared/clock/shanghai-time.ts'
import type { JurisdictionPolicy, SilenceRule } from '../../subgraphs/shared/policy/policy.ts'
import { policyPresets, xuchang } from '../../subgraphs/shared/policy/presets.ts'

const calendar = calendarOf(calendarDaysFromChineseDays([2020, 2026]))
const shanghai = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`)
const rules = silenceRules(policyPresets, () => calendar)

function closed(policyId: string, acceptedAt: string | null, closedAt: string, changes = {}) {
  return {
    policyId,
    state: 'CLOSED' as const,
    isValid: true,
    isProbe: false,
    acceptedAt: acceptedAt === null ? null : shanghai(acceptedAt),
    closedAt: shanghai(closedAt),
    reportedAt: shanghai(closedAt),
    ...changes,
  }
}

const due = (...facts: Parameters<typeof closed>) => {
  const found = rules(closed(...facts))
  return found?.dueAt ? formatShanghaiTime(found.dueAt) : null
}
const under = (rule: Partial<SilenceRule>): JurisdictionPolicy => ({
  ...xuchang,
  silence: { value: { ...xuchang.silence.value, ...rule }, source: 'test' },
})

describe('a default rating is due', () => {
  test('in Sanmenxia seven natural days after the service, day 1 being the next day', () => {
    expect(due('sanmenxia', '2020-04-29 09:00:00', '2020-04-30 16:30:00')).toBe('2020-05-08 00:00:00')
    expect(due('sanmenxia', '2020-04-29 09:00:00', '2020-04-30 23:59:59')).toBe('2020-05-08 00:00:00')
    expect(due('sanmenxia', '2020-04-29 09:00:00', '2020-05-01 00:00:00')).toBe('2020-05-09 00:00:00')
  })

  test('in Xuchang seven natural days after the case came into being', () => {
    expect(due('xuchang', '2020-04-30 09:00:00', '2020-05-03 16:30:00')).toBe('2020-05-08 00:00:00')
  })

  test('in Xuchang on closing, when the case was still open as its days were over', () => {
    expect(due('xuchang', '2020-04-30 09:00:00', '2020-05-20 16:30:12')).toBe('2020-05-20 16:30:12')
    expect(due('xuchang', '2020-04-30 09:00:00', '2020-05-07 23:59:59')).toBe('2020-05-08 00:00:00')
  })

  test('from the first that is known of a case whose acceptance its source never told', () => {
    expect(due('xuchang', null, '2020-04-30 09:00:00')).toBe('2020-05-08 00:00:00')
    const reportedAt = shanghai('2020-04-20 09:00:00')
    expect(due('xuchang', null, '2020-04-25 09:00:00', { reportedAt })).toBe('2020-04-28 00:00:00')
  })

  test('nowhere else: Henan and Shanghai know none', () => {
    expect(due('henan', '2026-04-29 09:00:00', '2026-04-30 16:30:00')).toBeNull()
    expect(due('shanghai', '2026-04-29 09:00:00', '2026-04-30 16:30:00')).toBeNull()
  })

  test('for no open, void or probing case', () => {
    const at = ['2020-04-29 09:00:00', '2020-04-30 16:30:00'] as const
    expect(due('sanmenxia', ...at, { state: 'ACCEPTED', closedAt: null })).toBeNull()
    expect(due('sanmenxia', ...at, { isValid: false })).toBeNull()
    expect(due('sanmenxia', ...at, { isProbe: true })).toBeNull()
  })

  test('after five working days across the May holiday and its make-up Saturday, explained day by day', () => {
    const may = silenceRules([under({ days: 5, unit: 'WORKING_DAYS', baseEvent: 'CLOSING' })], () => calendar)
    const found = may(closed('xuchang', null, '2020-04-30 16:30:00'))!
    expect(formatShanghaiTime(found.dueAt!)).toBe('2020-05-12 00:00:00')
    expect(found.limit!.explanation.map(({ day, counted }) => `${day} ${counted}`)).toEqual([
      '2020-04-30 false',
      ...['05-01', '05-02', '05-03', '05-04', '05-05'].map(day => `2020-${day} false`),
      ...['05-06', '05-07', '05-08', '05-09'].map(day => `2020-${day} true`),
      '2020-05-10 false',
      '2020-05-11 true',
    ])
  })

  test('not before the Spring Festival is over, and not through New Year', () => {
    const working = silenceRules([under({ days: 2, unit: 'WORKING_DAYS', baseEvent: 'CLOSING' })], () => calendar)
    const at = (text: string) => formatShanghaiTime(working(closed('xuchang', null, text))!.dueAt!)
    expect(at('2026-02-14 12:00:00')).toBe('2026-02-26 00:00:00')
    const year = calendarOf(calendarDaysFromChineseDays([2025, 2026]))
    const newYear = silenceRules([under({ days: 2, unit: 'WORKING_DAYS', baseEvent: 'CLOSING' })], () => year)
    expect(formatShanghaiTime(newYear(closed('xuchang', null, '2025-12-31 23:59:59'))!.dueAt!)).toBe(
      '2026-01-06 00:00:00',
    )
  })
})

test('days that run into a year without an arrangement wait, and are counted once it is there', () => {
  let known = calendar
  const waiting = silenceRules([under({ unit: 'WORKING_DAYS', baseEvent: 'CLOSING' })], () => known)
  const serviceCase = closed('xuchang', null, '2026-12-30 10:00:00')
  expect(waiting(serviceCase)).toEqual({
    baseAt: serviceCase.closedAt,
    closedAt: serviceCase.closedAt,
    limit: null,
    dueAt: null,
  })
  // What 2027 will look like is not known in 2026: an ordinary week stands in for it.
  const days = Array.from({ length: 31 }, (_, index) => {
    const day = `2027-01-${String(index + 1).padStart(2, '0')}`
    const isHoliday = index === 0 || [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
    return { day, kind: isHoliday ? ('HOLIDAY' as const) : ('WORKDAY' as const), name: { zh: '日', en: 'day' } }
  })
  known = calendarOf([...calendarDaysFromChineseDays([2026]), ...days])
  expect(formatShanghaiTime(waiting(serviceCase)!.dueAt!)).toBe('2027-01-12 00:00:00')
})

test('the version of the policy is that of the base event, and its count has an id of its own', () => {
  const second = { ...under({ days: 3, level: 4 }), version: 2, inForceFrom: '2026-03-01' }
  const versioned = silenceRules([xuchang, second], () => calendar)
  const before = versioned(closed('xuchang', '2026-02-28 23:59:59', '2026-03-01 10:00:00'))!.limit!
  const after = versioned(closed('xuchang', '2026-03-01 00:00:00', '2026-03-01 10:00:00'))!.limit!
  expect([before.policyVersion, before.level, after.policyVersion, after.level]).toEqual([1, 3, 2, 4])
  expect(before.id).not.toBe(after.id)
  expect(versioned(closed('xuchang', '2026-02-28 08:00:00', '2026-03-01 11:00:00'))!.limit!.id).toBe(before.id)
})
