import { describe, expect, test } from 'vitest'
import {
  appendFault,
  type FollowedFacts,
  mayFollowUp,
  problemsOfRectification,
  supplementFault,
} from '../../subgraphs/evaluations/domain/follow-up.ts'
import type { RateableCase } from '../../subgraphs/evaluations/domain/rateable-case.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'
import { anonymousViewer, type Role, type Viewer } from '../../subgraphs/shared/viewer.ts'

const at = (text: string) => new Date(`2026-${text}+08:00`)
const now = at('11-20T10:00:00')
const rated: FollowedFacts = {
  level: 2,
  round: 1,
  evaluatedAt: at('11-10T10:00:00'),
  isLevelAlone: true,
  isSupplemented: false,
  hasSecondRating: false,
}
const closed: RateableCase = {
  state: 'CLOSED',
  closedAt: at('11-01T17:00:00'),
  promisedAt: null,
  legalLimitAt: null,
  isVoid: false,
  mergedInto: null,
  hasFirstRating: true,
}

describe('what may be added to a rating', () => {
  test('is anything while it has its level alone, until the late window of its case ends', () => {
    expect(supplementFault(rated, closed, now, henan)).toBe(null)
    expect(supplementFault(rated, closed, at('12-01T23:59:59'), henan)).toBe(null)
    expect(supplementFault(rated, closed, at('12-02T00:00:00'), henan)).toBe('LATE_WINDOW_OVER')
  })

  test('counts its days from the rating where there is no case, or one that waits beyond its limit', () => {
    const overdue: RateableCase = { ...closed, state: 'ACCEPTED', closedAt: null, promisedAt: at('11-05T10:00:00') }
    for (const serviceCase of [null, overdue]) {
      expect(supplementFault(rated, serviceCase, at('12-10T23:59:59'), henan)).toBe(null)
      expect(supplementFault(rated, serviceCase, at('12-11T00:00:00'), henan)).toBe('LATE_WINDOW_OVER')
    }
  })

  test('is nothing more once something was, or where the rating says more than its level', () => {
    expect(supplementFault({ ...rated, isSupplemented: true }, closed, now, henan)).toBe('ALREADY_SUPPLEMENTED')
    expect(supplementFault({ ...rated, isLevelAlone: false }, closed, now, henan)).toBe('HAS_CONTENT')
  })
})

describe('a second rating', () => {
  test('follows a first one once, as long as its case may be rated', () => {
    expect(appendFault(rated, closed, now, henan)).toBe(null)
    expect(appendFault({ ...rated, hasSecondRating: true }, closed, now, henan)).toBe('HAS_SECOND_RATING')
    expect(appendFault({ ...rated, round: 2 }, closed, now, henan)).toBe('HAS_SECOND_RATING')
    expect(appendFault(rated, closed, at('12-02T00:00:00'), henan)).toBe('LATE_WINDOW_OVER')
    expect(appendFault(rated, { ...closed, isVoid: true }, now, henan)).toBe('CASE_VOID')
    expect(appendFault(rated, { ...closed, isVoid: true, mergedInto: '4101' }, now, henan)).toBe('CASE_MERGED')
  })

  test('of a visit without a case follows within as many days of the first', () => {
    expect(appendFault(rated, null, at('12-10T23:59:59'), henan)).toBe(null)
    expect(appendFault(rated, null, at('12-11T00:00:00'), henan)).toBe('LATE_WINDOW_OVER')
  })

  test('speaks of a rectification only after a bad one', () => {
    expect(problemsOfRectification(true, 2)).toEqual([])
    expect(problemsOfRectification(false, 5)).toEqual([])
    expect(problemsOfRectification(true, 3)).toMatchObject([
      { path: 'isAboutRectification', code: 'NOTHING_RECTIFIED' },
    ])
  })
})

test('nobody of the unit comes back to a rating: neither staff, nor systems, nor devices', () => {
  const viewer = (kind: Viewer['kind'], role: Role | null): Viewer => ({ ...anonymousViewer, kind, role })
  for (const [kind, role] of [
    ['STAFF', 'WINDOW_STAFF'],
    ['STAFF', 'MANAGEMENT_BODY'],
    ['CLIENT', 'INTEGRATION_CLIENT'],
    ['CLIENT', 'DEVICE'],
  ] as const) {
    expect(mayFollowUp(viewer(kind, role)), role).toBe(false)
  }
  expect(mayFollowUp(anonymousViewer)).toBe(true)
  expect(mayFollowUp(viewer('CITIZEN', 'CITIZEN'))).toBe(true)
  expect(mayFollowUp(viewer('CITIZEN', 'ORGANISATION_AGENT'))).toBe(true)
})
