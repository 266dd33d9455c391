import { expect, test } from 'vitest'
import {
  foundCases,
  isToRate,
  type OwnCase,
  shownCases,
  takesSecond,
  wasToldOfRectification,
} from '../../web/me/own-case.ts'

type Rating = NonNullable<OwnCase['evaluations']>[number]

const rating = (round: number) => ({ round, isNegative: false, negativeReview: null }) as Rating

const own = (more: Partial<OwnCase> = {}): OwnCase => ({
  id: 'c1',
  caseNumber: '4101-0203-0001',
  state: 'CLOSED',
  isValid: true,
  mergedInto: null,
  outcome: 'COMPLETED',
  acceptedAt: null,
  closedAt: '2026-11-20T01:00:00.000Z',
  takesRatings: true,
  matter: null,
  department: null,
  hall: null,
  window: null,
  evaluations: [],
  ...more,
})

test.each([
  ['closed in time and unrated', own(), true],
  ['rated', own({ evaluations: [rating(1)] }), false],
  ['beyond its time for rating', own({ takesRatings: false }), false],
  ['of which ratings cannot be asked now', own({ evaluations: null }), false],
  ['of which nobody knows whether it takes ratings', own({ takesRatings: null }), false],
])('a case %s: is it to rate? %#', (_name, one, expected) => {
  expect(isToRate(one)).toBe(expected)
})

test.each([
  ['never rated', own(), false],
  ['rated once', own({ evaluations: [rating(1)] }), true],
  ['rated twice', own({ evaluations: [rating(1), rating(2)] }), false],
  ['rated once, its time over', own({ evaluations: [rating(1)], takesRatings: false }), false],
])('a case %s: may it be rated again? %#', (_name, one, expected) => {
  expect(takesSecond(one)).toBe(expected)
})

test('how a bad rating was put right is judged only once its rater was told', () => {
  const told = (state: string, isNegative = true) => wasToldOfRectification({ isNegative, negativeReview: { state } })
  expect(
    ['DISPATCHED', 'RECTIFYING', 'CHECKING', 'EVALUATOR_TOLD', 'CLOSED', 'INVALID'].filter(state => told(state)),
  ).toEqual(['EVALUATOR_TOLD', 'CLOSED'])
  expect(told('CLOSED', false)).toBe(false)
  expect(wasToldOfRectification({ isNegative: true, negativeReview: null })).toBe(false)
})

const many = Array.from({ length: 45 }, (_, index) =>
  own({
    id: `c${index}`,
    caseNumber: `N${String(index).padStart(3, '0')}`,
    evaluations: index % 3 === 0 ? [] : [rating(1)],
  }),
)

test('what can be rated comes first, each part in the order it came, twenty a page', () => {
  const first = shownCases(many, 'all', 1)
  expect(first).toMatchObject({ count: 45, page: 1, pages: 3 })
  expect(first.cases.slice(0, 16).map(({ id }) => id)).toEqual([
    'c0',
    'c3',
    'c6',
    'c9',
    'c12',
    'c15',
    'c18',
    'c21',
    'c24',
    'c27',
    'c30',
    'c33',
    'c36',
    'c39',
    'c42',
    'c1',
  ])
  const pages = [1, 2, 3].flatMap(page => shownCases(many, 'all', page).cases.map(({ id }) => id))
  expect(new Set(pages).size).toBe(45)
})

test.each([
  ['unrated', 15, 1],
  ['rated', 30, 2],
] as const)('the filter %s counts its own', (filter, count, pages) => {
  expect(shownCases(many, filter, 1)).toMatchObject({ count, pages })
})

test.each([0, -1, 99, Number.NaN])('page %d is one that there is', page => {
  const shown = shownCases(many, 'rated', page || 1)
  expect(shown.cases.length).toBeGreaterThan(0)
  expect([1, 2]).toContain(shown.page)
})

test('a case is found by any part of its number, however it is typed', () => {
  const cases = [own(), own({ id: 'c2', caseNumber: 'HN20261120AB12' })]
  const ids = (typed: string) => foundCases(cases, typed).cases.map(({ id }) => id)
  expect(ids('0203 0001')).toEqual(['c1'])
  expect(ids('ａｂ１２')).toEqual(['c2'])
  expect(ids('1')).toEqual(['c1', 'c2'])
  expect(ids(' - ')).toEqual([])
  expect(ids('zz')).toEqual([])
})

test('of many matches the first twenty are shown and all are counted', () => {
  expect(foundCases(many, 'N0')).toMatchObject({ count: 45, cases: { length: 20 } })
})
