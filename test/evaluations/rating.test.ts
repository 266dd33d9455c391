import { expect, test } from 'vitest'
import { isLevel, isNegative, levelNamed, ratingOf, ratings } from '../../subgraphs/evaluations/domain/rating.ts'

test('the five levels run from very dissatisfied (1) to very satisfied (5)', () => {
  expect(ratings.map(({ level, zh }) => [level, zh])).toEqual([
    [1, '非常不满意'],
    [2, '不满意'],
    [3, '基本满意'],
    [4, '满意'],
    [5, '非常满意'],
  ])
})

test('levels 1 and 2 are negative, basically satisfied is not', () => {
  expect(ratings.map(({ level }) => isNegative(level))).toEqual([true, true, false, false, false])
})

test('every level is found by its number and by its name', () => {
  for (const rating of ratings) {
    expect(ratingOf(rating.level)).toBe(rating)
    expect(levelNamed(rating.name)).toBe(rating.level)
  }
})

test.each([0, 6, -1, 1.5, Number.NaN, '5', null])('%j is no level', value => {
  expect(isLevel(value)).toBe(false)
})

test.each(['', '5', 'satisfied', 'toString'])('%j names no level', name => {
  expect(levelNamed(name)).toBeUndefined()
})
