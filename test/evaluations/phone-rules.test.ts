import { describe, expect, test } from 'vitest'
import { isMismatch, problemsOfCallBack } from '../../subgraphs/evaluations/domain/call-back.ts'
import { endOfCall, problemsOfCall } from '../../subgraphs/evaluations/domain/call-outcome.ts'
import { distancesOf, isOutlier } from '../../subgraphs/evaluations/domain/operator-outliers.ts'
import { judgePhoneDraft, readCallerContact } from '../../subgraphs/evaluations/domain/phone-draft.ts'
import { mayCallBack, mayFindCallerCases, mayRateOnPhone } from '../../subgraphs/evaluations/domain/phone-permission.ts'
import { lastDayOf, phoneWindowEndsAt } from '../../subgraphs/evaluations/domain/phone-window.ts'
import { calendarOf } from '../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { readCallerDocument } from '../../subgraphs/shared/people/caller-document.ts'
import { creditCheckCharacter } from '../../subgraphs/shared/people/credit-code.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'
import { anonymousViewer, type Role, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { inventedCreditCode, inventedIdentityNumber } from '../kit/case-rows.ts'

const now = new Date('2026-11-20T02:00:00.000Z')
const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code)

describe('the window of five working days', () => {
  const calendar = calendarOf(calendarDaysFromChineseDays([2020]))
  test.each([
    // 1–5 May 2020 were holidays, Saturday 9 May made up for one of them.
    ['2020-04-30T07:00:00.000Z', '2020-05-11', 'before the May holiday'],
    ['2020-04-30T15:59:59.000Z', '2020-05-11', 'the last second of 30 April in Shanghai'],
    ['2020-04-30T16:00:00.000Z', '2020-05-11', 'the first second of the holiday'],
    ['2020-05-06T02:00:00.000Z', '2020-05-12', 'right after it: Saturday 9 May counts'],
    ['2020-04-24T02:00:00.000Z', '2020-04-30', 'a Friday: Sunday 26 April was made up and counts'],
  ])('closed %s, last day %s (%s)', (closedAt, lastDay) => {
    expect(lastDayOf(phoneWindowEndsAt(new Date(closedAt), henan, calendar))).toBe(lastDay)
  })

  test('ends at midnight in Shanghai', () => {
    const endsAt = phoneWindowEndsAt(new Date('2020-04-30T07:00:00.000Z'), henan, calendar)
    expect(endsAt?.toISOString()).toBe('2020-05-11T16:00:00.000Z')
  })

  test('has no known end while the arrangement of the next year is missing', () => {
    expect(phoneWindowEndsAt(new Date('2020-12-30T02:00:00.000Z'), henan, calendar)).toBeNull()
    expect(lastDayOf(null)).toBeNull()
  })
})

describe('the number of a caller', () => {
  // 110101, 7 March 1999, serial 000: no such number was given out for serial 000.
  const identity = '11010119990307000'
  const check = readCallerDocument(`${identity}X`, now)
  const digit = '10X98765432'[
    [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2].reduce(
      (sum, weight, i) => sum + weight * Number(identity[i]),
      0,
    ) % 11
  ]!

  test('full-width digits, blanks and dashes are read', () => {
    const typed = [...`${identity}${digit}`].map(each => String.fromCharCode(each.charCodeAt(0) + 0xfee0)).join(' ')
    expect(readCallerDocument(` ${typed} `, now)).toEqual({
      ok: true,
      kind: 'IDENTITY_NUMBER',
      number: identity + digit,
      warnings: [],
    })
  })

  test('a small x is a capital one', () => {
    const typed = `${inventedIdentityNumber.slice(0, 17)}x`
    const read = readCallerDocument(typed, now)
    expect(read.ok ? read.number.at(-1) : read.fault.code).toMatch(/^(X|CHECK_DIGIT)$/)
    expect(check.ok).toBe(digit === 'X')
  })

  test('15 digits get their century and check character', () => {
    const read = readCallerDocument('110101990307000', now)
    expect(read).toEqual({ ok: true, kind: 'IDENTITY_NUMBER', number: identity + digit, warnings: [] })
  })

  test('a mistyped identity number is refused, not read as something else', () => {
    const wrong = digit === '1' ? '2' : '1'
    expect(readCallerDocument(identity + wrong, now)).toMatchObject({ ok: false, fault: { code: 'CHECK_DIGIT' } })
  })

  test('a credit code holds its check character', () => {
    expect(readCallerDocument(inventedCreditCode, now)).toEqual({
      ok: true,
      kind: 'CREDIT_CODE',
      number: inventedCreditCode,
      warnings: [],
    })
  })

  test('a credit code that fails its check character is a warning', () => {
    const body = '91410100MA9999999'
    const wrong = creditCheckCharacter(body) === '1' ? '2' : '1'
    const read = readCallerDocument(body + wrong, now)
    expect(read).toMatchObject({ ok: true, kind: 'CREDIT_CODE', warnings: [{ code: 'CHECKSUM_FAILS' }] })
  })

  test.each([
    ['', 'LENGTH'],
    ['1234', 'LENGTH'],
    ['91410100MA99999９９号', 'CHARACTERS'],
  ])('%j is refused: %s', (text, code) => {
    expect(readCallerDocument(text, now)).toMatchObject({ ok: false, fault: { code } })
  })
})

describe('who may', () => {
  const region = { reach: 'REGION', regionPath: '/410000/410100/' } as const
  const staff = (role: Role, narrowed: object = {}): Viewer => ({
    ...anonymousViewer,
    kind: 'STAFF',
    role,
    scope: { ...region, ...narrowed },
  })

  test('rate for a caller: hotline and management body; for an invited person: inviter and management body', () => {
    const may = (role: Role) => [mayRateOnPhone(staff(role), 'HOTLINE'), mayRateOnPhone(staff(role), 'INVITATION')]
    expect(may('HOTLINE_OPERATOR')).toEqual([true, false])
    expect(may('PHONE_INVITER')).toEqual([false, true])
    expect(may('MANAGEMENT_BODY')).toEqual([true, true])
    for (const role of [
      'WINDOW_STAFF',
      'HALL_SUPERVISOR',
      'DEPARTMENT_HANDLER',
      'ANALYST',
      'INTEGRATION_CLIENT',
    ] as const) {
      expect(may(role)).toEqual([false, false])
    }
  })

  test('nobody of a department, hall, window or of his own rates for applicants', () => {
    for (const part of ['departmentId', 'hallId', 'windowId', 'staffMemberId']) {
      const narrowed = staff('MANAGEMENT_BODY', { [part]: 'x' })
      expect([mayRateOnPhone(narrowed, 'HOTLINE'), mayFindCallerCases(narrowed)]).toEqual([false, false])
    }
  })

  test('call back: the provincial bureau alone', () => {
    expect(mayCallBack(staff('PROVINCIAL_BUREAU'))).toBe(true)
    expect(mayCallBack(staff('MANAGEMENT_BODY'))).toBe(false)
  })
})

describe('what is asked on the phone', () => {
  const about = { subjectKind: 'CASE', hasFees: false, involvesIntermediary: true } as const
  const said = {
    level: 5,
    items: ['517'],
    isPublic: true,
    isAnonymous: false,
    subRatings: { environment: 'GOOD', attitude: 'GOOD' },
  } as const

  test('the full form needs items, environment and attitude, and takes 50 characters', () => {
    expect(judgePhoneDraft(said, now, henan, about).accepted).toMatchObject({ channel: 'PHONE', items: ['517'] })
    const bare = judgePhoneDraft({ ...said, items: [], subRatings: null }, now, henan, about)
    expect(bare.accepted ? [] : codes(bare.problems)).toEqual([
      'REASON_REQUIRED',
      'SUB_RATING_REQUIRED',
      'SUB_RATING_REQUIRED',
    ])
    const long = judgePhoneDraft({ ...said, text: '好'.repeat(51) }, now, henan, about)
    expect(long.accepted ? [] : codes(long.problems)).toEqual(['TEXT_TOO_LONG'])
  })

  test('where the policy asks the level alone, the level is taken and nothing else', () => {
    const policy = { ...henan, phoneForm: { value: 'LEVEL_THEN_LINK', source: 'test' } } as const
    const alone = judgePhoneDraft({ ...said, items: [], subRatings: null }, now, policy, about)
    expect(alone.accepted).toMatchObject({ level: 5, channel: 'PHONE', items: [], subRatings: null, text: null })
    const more = judgePhoneDraft({ ...said, text: '很好' }, now, policy, about)
    expect(more.accepted ? [] : more.problems.map(({ path }) => path)).toEqual(['items', 'text', 'subRatings'])
  })

  test('who is on the line has a name and a telephone', () => {
    expect(readCallerContact({ contactName: ' 苏小满 ', contactPhone: '１３９ 0000 0000' }).contact).toEqual({
      name: '苏小满',
      phone: '13900000000',
    })
    expect(codes(readCallerContact({ contactName: ' ', contactPhone: '12' }).problems)).toEqual([
      'NAME_REQUIRED',
      'PHONE_NOT_A_NUMBER_IN_USE',
    ])
  })
})

describe('how a call ended', () => {
  const call = { outcome: 'NO_ANSWER', note: null, callAgainAt: null } as const
  const invitation = { expiresAt: new Date('2026-11-27T16:00:00.000Z'), isRated: false }
  const faults = (changes: object, of: object = {}) =>
    codes(problemsOfCall({ ...call, ...changes }, { ...invitation, ...of }, now))

  test('another time is agreed on for LATER alone, on a later day within the window', () => {
    const later = (text: string) => faults({ outcome: 'LATER', callAgainAt: new Date(text) })
    expect(later('2026-11-23T02:00:00.000Z')).toEqual([])
    expect(later('2026-11-20T08:00:00.000Z')).toEqual(['TIME_SAME_DAY'])
    expect(later('2026-11-27T16:00:00.000Z')).toEqual(['TIME_AFTER_WINDOW'])
    expect(faults({ outcome: 'LATER' })).toEqual(['TIME_REQUIRED'])
    expect(faults({ callAgainAt: new Date('2026-11-23T02:00:00.000Z') })).toEqual(['TIME_NOT_ASKED'])
  })

  test('he has rated only where a rating is there', () => {
    expect(faults({ outcome: 'RATED' })).toEqual(['NOT_RATED'])
    expect(faults({ outcome: 'RATED' }, { isRated: true })).toEqual([])
  })

  test('a refusal, a wrong number and a wish not to be called end all of the person', () => {
    expect(endOfCall('NO_ANSWER')).toBeNull()
    expect(endOfCall('LATER')).toBeNull()
    expect(endOfCall('RATED')).toEqual({ reason: 'RATED', isOfPerson: false })
    for (const outcome of ['REFUSED', 'WRONG_NUMBER', 'DO_NOT_CALL'] as const) {
      expect(endOfCall(outcome)).toEqual({ reason: outcome, isOfPerson: true })
    }
  })

  test('a note is short', () => {
    expect(faults({ note: '忙'.repeat(201) })).toEqual(['NOTE_TOO_LONG'])
  })
})

test('a call-back that differs names another level; one that confirms names none or the same', () => {
  const faults = (result: 'CONFIRMED' | 'DIFFERENT' | 'DENIED' | 'NOT_REACHED', statedLevel: 1 | 5 | null) =>
    codes(problemsOfCallBack({ result, statedLevel, note: null }, 5))
  expect(faults('DIFFERENT', 1)).toEqual([])
  expect(faults('DIFFERENT', 5)).toEqual(['LEVEL_REQUIRED'])
  expect(faults('DIFFERENT', null)).toEqual(['LEVEL_REQUIRED'])
  expect(faults('CONFIRMED', null)).toEqual([])
  expect(faults('CONFIRMED', 1)).toEqual(['LEVEL_DIFFERS'])
  expect(faults('DENIED', 5)).toEqual(['LEVEL_NOT_ASKED'])
  expect((['CONFIRMED', 'DIFFERENT', 'NOT_REACHED', 'DENIED'] as const).map(isMismatch)).toEqual([
    false,
    true,
    false,
    true,
  ])
})

describe('an operator beside the others', () => {
  const counted = (operatorId: string, ratings: number, fives: number) => {
    return { operatorId, operatorName: operatorId, ratings, fives, levels: fives * 5, confirmed: 0, mismatches: 0 }
  }
  test('who fills in fives is an outlier, the honest ones are not', () => {
    const distances = distancesOf([counted('a', 100, 100), counted('b', 100, 62), counted('c', 100, 58)])
    expect(distances.map(isOutlier)).toEqual([true, false, false])
    expect(distances[0]).toBeGreaterThan(3)
  })
  test('one who gives hardly any is one as well, and one who fills in most of all ratings does not move what is usual', () => {
    const distances = distancesOf([
      counted('a', 5000, 5000),
      counted('b', 100, 60),
      counted('c', 90, 55),
      counted('d', 60, 10),
      counted('e', 80, 45),
    ])
    expect(distances.map(isOutlier)).toEqual([true, false, false, true, false])
  })
  test('too few ratings, or nobody else, tell nothing', () => {
    expect(distancesOf([counted('a', 29, 29), counted('b', 200, 100), counted('c', 200, 100)])[0]).toBeNull()
    expect(distancesOf([counted('a', 200, 200), counted('b', 29, 10)])).toEqual([null, null])
  })
  test('where all give fives nobody stands out', () => {
    expect(distancesOf([counted('a', 40, 40), counted('b', 60, 60)]).map(isOutlier)).toEqual([false, false])
  })
})
