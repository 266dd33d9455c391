import { expect, test } from 'vitest'
import { makeDirectory } from '../../db/seed/directory.ts'
import { reviewRows } from '../../db/seed/history/reviews.ts'
import { makeHistory } from '../../db/seed/history.ts'
import { PHONE_BLOCK, UNASSIGNED_DIVISION } from '../../db/seed/invented/people.ts'
import { computeDeadline } from '../../subgraphs/shared/clock/deadline.ts'
import { addDays, shanghaiDay, startOfShanghaiDay } from '../../subgraphs/shared/clock/shanghai-day.ts'
import { readCreditCode } from '../../subgraphs/shared/people/credit-code.ts'
import { readIdentityNumber } from '../../subgraphs/shared/people/identity-number.ts'
import { readPhone } from '../../subgraphs/shared/people/phone.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'

const now = new Date('2026-11-21T02:30:00Z')
const directory = makeDirectory()
const history = makeHistory(directory, now)
const reviews = history.told.map(({ story, rating }) => reviewRows(story, rating, history.times))

const countBy = <T>(list: T[], key: (item: T) => string | number) =>
  Object.fromEntries([...Map.groupBy(list, key)].map(([name, items]) => [name, items.length]))

test('the same instant gives the same history, ids included', () => {
  const { times: _again, ...again } = makeHistory(directory, now)
  const { times: _first, ...first } = history
  expect(again).toEqual(first)
})

test('six weeks hold some thousand cases, most of them closed and rated well', () => {
  expect(countBy(history.cases, ({ state }) => state)).toEqual({ CLOSED: 5120, ACCEPTED: 145, PENDING: 21 })
  expect(countBy(history.ratings, ({ level }) => level)).toEqual({ 1: 11, 2: 23, 3: 72, 4: 312, 5: 2963 })
})

test('case numbers have 22 characters and occur once in their city', () => {
  expect(history.cases.filter(({ caseNumber }) => !/^\d{22}$/.test(caseNumber))).toEqual([])
  expect(new Set(history.cases.map(({ cityCode, caseNumber }) => `${cityCode} ${caseNumber}`)).size).toBe(
    history.cases.length,
  )
})

test('nobody is real: phones of the empty block, documents of a division that does not exist, all well formed', () => {
  for (const { applicant, acceptedAt } of history.cases) {
    const { kind, phone, documentNumber } = applicant
    expect(readPhone(phone)).toMatchObject({ ok: true, kind: 'MOBILE' })
    expect(phone.startsWith(PHONE_BLOCK)).toBe(true)
    if (kind === 'NATURAL_PERSON') {
      expect(readIdentityNumber(documentNumber, acceptedAt ?? now)).toEqual({ ok: true, number: documentNumber })
      expect(documentNumber.slice(0, 6)).toBe(UNASSIGNED_DIVISION)
    } else {
      expect(readCreditCode(documentNumber)).toEqual({ ok: true, code: documentNumber, warnings: [] })
      expect(documentNumber.slice(2, 8)).toBe(UNASSIGNED_DIVISION)
    }
  }
})

test('a case lies in its city, and where its department, window and staff member are', () => {
  const codeOf = new Map(directory.regions.map(({ regionPath, cityCode }) => [regionPath, cityCode]))
  const departments = new Map(directory.departments.map(department => [department.id, department]))
  for (const one of history.cases) {
    expect(codeOf.get(one.regionPath)).toBe(one.cityCode)
    expect(one.regionPath.startsWith(departments.get(one.departmentId)!.regionPath)).toBe(true)
    expect(one.matter.departmentId).toBe(one.departmentId)
    expect([one.hallId, one.windowId, one.staffMemberId]).toEqual(
      one.state === 'PENDING' ? [null, null, null] : [one.hall.id, one.window.id, one.staffMember.id],
    )
    expect(one.staffMember.window).toBe(one.window)
  }
})

test('nothing happens after now, and nobody rates before his case is closed', () => {
  for (const { acceptedAt, closedAt } of history.cases) {
    expect(acceptedAt === null || acceptedAt < now).toBe(true)
    expect(closedAt === null || (closedAt > acceptedAt! && closedAt < now)).toBe(true)
  }
  for (const { pastCase, evaluatedAt } of history.ratings) {
    expect(evaluatedAt > pastCase.closedAt! && evaluatedAt < now).toBe(true)
  }
})

test('negatives are in every state, their clocks running, passed, met and met late', () => {
  expect(countBy(reviews, ({ review }) => review.state)).toEqual({
    DISPATCHED: 14,
    RECTIFYING: 4,
    CHECKING: 2,
    INVALID: 3,
    CLOSED: 9,
    EVALUATOR_TOLD: 2,
  })
  const clocks = reviews.flatMap(({ deadlines }) => deadlines)
  expect(countBy(clocks, ({ kind, state }) => `${kind} ${state}`)).toEqual({
    'VERIFICATION PASSED': 2,
    'VERIFICATION RUNNING': 12,
    'VERIFICATION MET': 19,
    'VERIFICATION MET_LATE': 1,
    'RECTIFICATION RUNNING': 5,
    'RECTIFICATION PASSED': 1,
    'RECTIFICATION MET': 10,
    'RECTIFICATION MET_LATE': 1,
    'QUALITY_CHECK RUNNING': 2,
    'QUALITY_CHECK MET': 11,
    'FOLLOW_UP MET': 9,
    'FOLLOW_UP RUNNING': 2,
  })
})

test('the wall of the main hall has ten open ones, from overdue to 22 hours', () => {
  const open = reviews
    .filter(({ review }) => review.hallId === directory.mainHall.id)
    .filter(({ review }) => review.state !== 'CLOSED' && review.state !== 'INVALID')
  expect(open.length).toBe(10)
  const minutesLeft = open
    .filter(({ review }) => review.state === 'DISPATCHED')
    .map(({ deadlines }) => Math.round((deadlines[0]!.dueAt.getTime() - now.getTime()) / 60_000))
  expect(minutesLeft.sort((a, b) => a - b)).toEqual([-150, 40, 110, 205, 370, 690, 1020, 1320])
  expect(new Set(open.map(({ review }) => review.windowId)).size).toBe(10)
})

test('a clock carries the day-by-day count of its policy and is announced only ahead of now', () => {
  const running = reviews.find(({ review }) => review.state === 'RECTIFYING')!
  const [, rectification] = running.deadlines
  const verifiedAt = running.deadlines[0]!.endedAt!
  const expected = computeDeadline(henan.rectificationLimit.value, verifiedAt, history.times.calendar)
  expect(rectification).toMatchObject({ kind: 'RECTIFICATION', startedAt: verifiedAt, ...expected })
  expect(expected.dueAt).toEqual(startOfShanghaiDay(addDays(shanghaiDay(verifiedAt), 16)))
  for (const { state, nextNoticeAt, notices } of reviews.flatMap(({ deadlines }) => deadlines)) {
    expect(nextNoticeAt).toEqual(state === 'RUNNING' ? notices.find(notice => notice > now) : null)
  }
})

test('reviews follow the policy of their city', () => {
  const policyAt = (path: string) =>
    new Set(reviews.filter(({ review }) => review.regionPath.startsWith(path)).map(({ review }) => review.policyId))
  expect([policyAt('/410000/411000/'), policyAt('/410000/411200/'), policyAt('/410000/410100/')]).toEqual([
    new Set(['xuchang']),
    new Set(['sanmenxia']),
    new Set(['henan']),
  ])
})

test('systems that are planned or connected have handed in nothing, the others something', () => {
  const active = new Set(history.cases.map(({ sourceSystem }) => sourceSystem))
  for (const { sourceSystem, state } of history.links) {
    expect([sourceSystem, active.has(sourceSystem)]).toEqual([sourceSystem, state === 'LIVE' || state === 'TRIAL'])
    expect(sourceSystem.length).toBeLessThanOrEqual(20)
  }
})

test.each([
  ['after a long holiday', '2026-10-08T20:00:00Z'],
  ['after the Spring Festival', '2026-02-25T01:00:00Z'],
  ['in a year without a calendar', '2028-06-01T00:00:00Z'],
])('the stories find their cases %s', (_when, at) => {
  const other = makeHistory(directory, new Date(at))
  expect(other.told.length).toBe(history.told.length)
  expect(other.cases.length).toBeGreaterThan(4000)
  const rows = other.told.flatMap(({ story, rating }) => reviewRows(story, rating, other.times).deadlines)
  expect(rows.filter(({ kind }) => kind === 'VERIFICATION').length).toBe(34)
})
