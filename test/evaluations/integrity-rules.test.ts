import { expect, test } from 'vitest'
import { commonPlacement } from '../../subgraphs/evaluations/domain/integrity-placement.ts'
import {
  judgeBurst,
  judgeCallBack,
  judgeIdenticalSets,
  judgeNoNegatives,
  judgeOperatorShare,
  judgeSameContact,
  judgeSelfRating,
  judgeSubSecond,
  judgeTooSoon,
} from '../../subgraphs/evaluations/domain/integrity-rules.ts'
import { findingWords, integrityRuleWords } from '../../subgraphs/evaluations/domain/integrity-words.ts'

const speaks = (verdict: object | null) => verdict !== null

test('ten ratings in ten minutes are a burst where three is usual, nine never, ten not where four is usual', () => {
  expect(judgeBurst({ peak: 10, usual: 0 })).toEqual({ strength: 50, facts: { peak: 10, usual: 0 } })
  expect(speaks(judgeBurst({ peak: 10, usual: 10 / 3 }))).toBe(true)
  expect(judgeBurst({ peak: 10, usual: 3.34 })).toBeNull()
  expect(judgeBurst({ peak: 9, usual: 0 })).toBeNull()
  expect(judgeBurst({ peak: 30, usual: 1 })!.strength).toBe(100)
  expect(judgeBurst({ peak: 12, usual: 4 })!.strength).toBe(50)
})

test('two within a second at the device are more than hands can do; by screen codes it takes three', () => {
  expect(speaks(judgeSubSecond({ ratings: 2, atDevice: 2 }))).toBe(true)
  expect(judgeSubSecond({ ratings: 2, atDevice: 1 })).toBeNull()
  expect(judgeSubSecond({ ratings: 2, atDevice: 0 })).toBeNull()
  expect(speaks(judgeSubSecond({ ratings: 3, atDevice: 0 }))).toBe(true)
})

test('three good ratings right at the closing speak, two do not', () => {
  expect(judgeTooSoon({ ratings: 2, soonest: -5 })).toBeNull()
  expect(judgeTooSoon({ ratings: 3, soonest: -5 })!.facts).toEqual({ ratings: 3, soonest: -5 })
})

test('one contact for five applicants speaks, for four it does not however many cases they have', () => {
  expect(judgeSameContact({ applicants: 4, cases: 40 })).toBeNull()
  expect(speaks(judgeSameContact({ applicants: 5, cases: 5 }))).toBe(true)
  expect(judgeSameContact({ applicants: 50, cases: 50 })!.strength).toBe(100)
})

test('one rating by the operator’s own telephone is enough', () => {
  expect(judgeSelfRating({ ratings: 0 })).toBeNull()
  expect(judgeSelfRating({ ratings: 1 })!.strength).toBe(90)
})

test('a mismatch weighs more when the rating was denied or recorded higher, not when lower', () => {
  expect(judgeCallBack({ mismatches: 0, denied: 0, raised: 0 })).toBeNull()
  const [lower, higher, denied] = [
    judgeCallBack({ mismatches: 1, denied: 0, raised: -3 })!,
    judgeCallBack({ mismatches: 1, denied: 0, raised: 3 })!,
    judgeCallBack({ mismatches: 1, denied: 1, raised: 0 })!,
  ]
  expect([lower.strength, higher.strength, denied.strength]).toEqual([50, 80, 70])
})

test('identical sets speak from ten and four fifths on', () => {
  expect(speaks(judgeIdenticalSets({ identical: 10, ratings: 12 }))).toBe(true)
  expect(judgeIdenticalSets({ identical: 10, ratings: 13 })).toBeNull()
  expect(judgeIdenticalSets({ identical: 9, ratings: 9 })).toBeNull()
})

test('an operator’s share of fives speaks when it is ten points and three standard errors above the others’', () => {
  const others = { ratings: 300, fives: 180 }
  expect(speaks(judgeOperatorShare({ ratings: 60, fives: 58 }, others))).toBe(true)
  expect(judgeOperatorShare({ ratings: 29, fives: 29 }, others)).toBeNull()
  expect(judgeOperatorShare({ ratings: 60, fives: 40 }, others)).toBeNull()
  expect(judgeOperatorShare({ ratings: 10_000, fives: 6_500 }, { ratings: 10_000, fives: 6_000 })).toBeNull()
  expect(judgeOperatorShare({ ratings: 60, fives: 58 }, { ratings: 29, fives: 1 })).toBeNull()
  expect(judgeOperatorShare({ ratings: 60, fives: 60 }, { ratings: 60, fives: 60 })).toBeNull()
})

test('no bad rating in a week speaks only where chance would hardly make it', () => {
  const unit = { recentNegatives: 0, historyRatings: 1000, historyNegatives: 50 }
  // 0.95 ^ 134 is above one in a thousand, 0.95 ^ 135 below.
  expect(judgeNoNegatives({ ...unit, recentRatings: 134 })).toBeNull()
  expect(judgeNoNegatives({ ...unit, recentRatings: 135 })!.facts).toEqual({
    ratings: 135,
    expected: 6.8,
    usualPercent: 5,
  })
  expect(judgeNoNegatives({ ...unit, recentRatings: 500, recentNegatives: 1 })).toBeNull()
  expect(judgeNoNegatives({ ...unit, recentRatings: 5000, historyNegatives: 0 })).toBeNull()
  expect(
    judgeNoNegatives({ recentRatings: 500, recentNegatives: 0, historyRatings: 199, historyNegatives: 100 }),
  ).toBeNull()
  expect(
    judgeNoNegatives({ recentRatings: 9, recentNegatives: 0, historyRatings: 200, historyNegatives: 200 })!.strength,
  ).toBe(100)
})

test('a signal lies in the smallest place that holds all its evidence', () => {
  const one = {
    regionPaths: ['/410000/410100/410105/', '/410000/410100/'],
    departmentIds: ['a', 'b'],
    lineIds: [null],
    hallIds: ['h'],
    windowIds: ['w', null],
    staffMemberIds: [null, 's'],
  }
  expect(commonPlacement(one)).toEqual({
    regionPath: '/410000/410100/',
    departmentId: null,
    lineId: null,
    hallId: 'h',
    windowId: null,
    staffMemberId: null,
  })
  // The directly administered county keeps a code that looks like the city's.
  expect(commonPlacement({ ...one, regionPaths: ['/410000/410100/', '/410000/410181/'] }).regionPath).toBe('/410000/')
  expect(commonPlacement({ ...one, regionPaths: ['/410000/410100/', '/420000/'] }).regionPath).toBe('/')
})

test('every kind has its rule and its finding in both languages, without a gap', () => {
  const facts = {
    BURST: judgeBurst({ peak: 12, usual: 1 }),
    SUB_SECOND: judgeSubSecond({ ratings: 3, atDevice: 1 }),
    BEFORE_CLOSING: judgeTooSoon({ ratings: 3, soonest: -2 }),
    SAME_CONTACT: judgeSameContact({ applicants: 6, cases: 7 }),
    SELF_RATING: judgeSelfRating({ ratings: 1 }),
    CALL_BACK_MISMATCH: judgeCallBack({ mismatches: 1, denied: 0, raised: 2 }),
    IDENTICAL_SETS: judgeIdenticalSets({ identical: 12, ratings: 12 }),
    OPERATOR_SHARE: judgeOperatorShare({ ratings: 60, fives: 58 }, { ratings: 300, fives: 180 }),
    NO_NEGATIVES: judgeNoNegatives({
      recentRatings: 500,
      recentNegatives: 0,
      historyRatings: 1000,
      historyNegatives: 50,
    }),
  }
  const names = { operatorName: '示例话务员', channel: 'WINDOW_DEVICE' }
  for (const [kind, verdict] of Object.entries(facts) as [keyof typeof facts, { facts: Record<string, number> }][]) {
    const words = findingWords({ kind, facts: { ...verdict.facts, ...names }, period: '2026-11/HOTLINE' })
    for (const text of [words.zh, words.en, integrityRuleWords[kind].zh, integrityRuleWords[kind].en]) {
      expect(text).not.toMatch(/undefined|NaN|null|0\.\d{5}/)
    }
  }
})
