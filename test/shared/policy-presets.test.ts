import { describe, expect, test } from 'vitest'
import { calendarOf } from '../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { computeDeadline } from '../../subgraphs/shared/clock/deadline.ts'
import { formatShanghaiTime } from '../../subgraphs/shared/clock/shanghai-time.ts'
import { channelRule, type JurisdictionPolicy, policyInForce } from '../../subgraphs/shared/policy/policy.ts'
import { henan, policyPresets, sanmenxia, shanghai, xuchang } from '../../subgraphs/shared/policy/presets.ts'

const calendar = calendarOf(calendarDaysFromChineseDays([2020, 2025, 2026]))
// Thursday 30 April 2020, 16:30 in Shanghai: five days of holiday follow.
const beforeTheHoliday = new Date('2020-04-30T08:30:00Z')

function dueDates(policy: JurisdictionPolicy, from = beforeTheHoliday) {
  const due = (rule: Parameters<typeof computeDeadline>[0]) =>
    formatShanghaiTime(computeDeadline(rule, from, calendar).dueAt)
  const { days, unit, baseEvent } = policy.silence.value
  return {
    verification: due(policy.verificationLimit.value),
    rectification: due(policy.rectificationLimit.value),
    qualityCheck: due(policy.qualityCheckLimit.value),
    followUp: due(policy.followUpLimit.value),
    citizenAppeal: due(policy.citizenAppealLimit.value),
    invitation: due(policy.invitationWindow.value),
    silence: baseEvent === null ? null : [baseEvent, due({ amount: days, unit })],
  }
}

const oursFromThere = {
  qualityCheck: '2020-05-08 00:00:00',
  followUp: '2020-05-08 00:00:00',
  citizenAppeal: '2020-05-16 00:00:00',
  invitation: '2020-05-12 00:00:00',
}

describe('worked example of a rating on 30 April 2020, 16:30', () => {
  test('in Henan: 24 hours, 15 natural days, no default rating', () => {
    expect(dueDates(henan)).toEqual({
      ...oursFromThere,
      verification: '2020-05-01 16:30:00',
      rectification: '2020-05-16 00:00:00',
      silence: null,
    })
  })

  test('in Sanmenxia: 24 hours, 15 days, silence counts from the service', () => {
    expect(dueDates(sanmenxia)).toEqual({
      ...oursFromThere,
      verification: '2020-05-01 16:30:00',
      rectification: '2020-05-16 00:00:00',
      silence: ['SERVICE', '2020-05-08 00:00:00'],
    })
  })

  test('in Xuchang: 15 natural days, silence counts from the creation of the case', () => {
    expect(dueDates(xuchang)).toEqual({
      ...oursFromThere,
      verification: '2020-05-01 16:30:00',
      rectification: '2020-05-16 00:00:00',
      silence: ['CREATION', '2020-05-08 00:00:00'],
    })
  })

  test('in Shanghai: the same day and 15 working days, no default rating', () => {
    expect(dueDates(shanghai)).toEqual({
      ...oursFromThere,
      verification: '2020-05-01 00:00:00',
      rectification: '2020-05-26 00:00:00',
      silence: null,
    })
  })
})

describe('worked examples of 2026, rated in the last second of a day', () => {
  const at = (policy: JurisdictionPolicy, day: string) => dueDates(policy, new Date(`${day}T23:59:59+08:00`))

  test('on New Year’s Eve: hours and natural days run on, working days begin on Sunday the 4th, a make-up day', () => {
    const natural = { verification: '2026-01-01 23:59:59', rectification: '2026-01-16 00:00:00' }
    const ours = {
      qualityCheck: '2026-01-06 00:00:00',
      followUp: '2026-01-08 00:00:00',
      citizenAppeal: '2026-01-16 00:00:00',
      invitation: '2026-01-09 00:00:00',
    }
    expect(at(henan, '2025-12-31')).toEqual({ ...ours, ...natural, silence: null })
    expect(at(sanmenxia, '2025-12-31')).toEqual({ ...ours, ...natural, silence: ['SERVICE', '2026-01-08 00:00:00'] })
    expect(at(xuchang, '2025-12-31')).toEqual({ ...ours, ...natural, silence: ['CREATION', '2026-01-08 00:00:00'] })
    expect(at(shanghai, '2025-12-31')).toEqual({
      ...ours,
      verification: '2026-01-01 00:00:00',
      rectification: '2026-01-23 00:00:00',
      silence: null,
    })
  })

  test('on the make-up Saturday before Spring Festival: no working day for nine days', () => {
    const natural = { verification: '2026-02-15 23:59:59', rectification: '2026-03-02 00:00:00' }
    const ours = {
      qualityCheck: '2026-02-26 00:00:00',
      followUp: '2026-02-22 00:00:00',
      citizenAppeal: '2026-03-02 00:00:00',
      invitation: '2026-03-01 00:00:00',
    }
    expect(at(henan, '2026-02-14')).toEqual({ ...ours, ...natural, silence: null })
    expect(at(sanmenxia, '2026-02-14')).toEqual({ ...ours, ...natural, silence: ['SERVICE', '2026-02-22 00:00:00'] })
    expect(at(xuchang, '2026-02-14')).toEqual({ ...ours, ...natural, silence: ['CREATION', '2026-02-22 00:00:00'] })
    expect(at(shanghai, '2026-02-14')).toEqual({
      ...ours,
      verification: '2026-02-15 00:00:00',
      rectification: '2026-03-14 00:00:00',
      silence: null,
    })
    // Rated within the festival, the same day is the first working day after it.
    expect(at(shanghai, '2026-02-17').verification).toBe('2026-02-25 00:00:00')
  })
})

describe('the presets', () => {
  test('say who may invalidate', () => {
    expect(policyPresets.map(({ id, invalidation }) => [id, invalidation.value])).toEqual([
      ['henan', 'PROVINCIAL_BUREAU'],
      ['sanmenxia', 'MANAGEMENT_BODY'],
      ['xuchang', 'MANAGEMENT_BODY'],
      ['shanghai', 'MANAGEMENT_BODY'],
    ])
  })

  test('name a source for every rule and survive storage as JSON', () => {
    for (const policy of policyPresets) {
      expect(JSON.parse(JSON.stringify(policy))).toEqual(policy)
      for (const part of Object.values(policy)) {
        if (typeof part === 'object' && 'value' in part) expect(part.source).toMatch(/\S{4}/)
      }
    }
  })

  test('take no text at the window, 50 characters on the phone, 500 on the web', () => {
    expect(channelRule(henan, 'WINDOW_DEVICE')).toMatchObject({ textLimit: 0, reasonRequired: 'AT_NEGATIVE_LEVELS' })
    expect(channelRule(henan, 'PHONE')).toMatchObject({ textLimit: 50, reasonRequired: 'ALWAYS' })
    expect(channelRule(henan, 'QR_CODE')).toMatchObject({ textLimit: 500, reasonRequired: 'AT_NEGATIVE_LEVELS' })
  })
})

describe('the version in force', () => {
  const second = { ...sanmenxia, version: 2, inForceFrom: '2026-01-01' }
  test('is the last one that has begun on that day', () => {
    const versions = [second, sanmenxia]
    expect(policyInForce(versions, '2019-12-18')).toBeUndefined()
    expect(policyInForce(versions, '2025-12-31')).toBe(sanmenxia)
    expect(policyInForce(versions, '2026-01-01')).toBe(second)
  })
})
