import { describe, expect, test } from 'vitest'
import {
  editionInForce,
  findItem,
  itemEditions,
  itemsOfLevel,
  MOST_ITEMS,
} from '../../subgraphs/evaluations/domain/item-editions.ts'
import { ratings } from '../../subgraphs/evaluations/domain/rating.ts'

const now = new Date('2026-11-21T01:00:00Z')
const edition = editionInForce(now)!

describe('edition 2', () => {
  test('is in force and has eight items on each level, the first three of them base items', () => {
    expect(edition.number).toBe(2)
    expect(edition.items).toHaveLength(40)
    for (const { level } of ratings) {
      const items = itemsOfLevel(edition, level)
      expect(items.map(({ isBase }) => isBase)).toEqual([true, true, true, false, false, false, false, false])
      expect(items).toHaveLength(MOST_ITEMS)
    }
  })

  test('has the published codes', () => {
    expect(ratings.map(({ level }) => itemsOfLevel(edition, level).map(({ code }) => Number(code)))).toEqual([
      [108, 109, 110, 111, 112, 113, 114, 115],
      [207, 208, 209, 210, 211, 212, 213, 214],
      [307, 308, 309, 310, 311, 312, 313, 314],
      [406, 407, 408, 409, 410, 411, 412, 413],
      [510, 511, 512, 513, 514, 515, 516, 517],
    ])
  })

  test('says each item in both languages, once, and under one dimension', () => {
    expect(new Set(edition.items.map(({ zh }) => zh)).size).toBe(40)
    for (const { zh, en, dimension } of edition.items) {
      expect(zh).toMatch(/^\p{Script=Han}+$/u)
      expect(en).toMatch(/^[A-Z][A-Za-z ,-]+$/)
      expect(dimension).not.toBeNull()
    }
    expect(findItem('209')).toEqual({
      code: '209',
      level: 2,
      isBase: true,
      dimension: 'PROMISE_KEPT',
      zh: '未在承诺时间内办结',
      en: 'Not finished within the promised time',
    })
  })
})

describe('edition 1', () => {
  test('is retired and still readable, 403 as not known', () => {
    expect(findItem('501')).toMatchObject({ level: 5, zh: '一窗一次办成' })
    expect(findItem('403')).toEqual({
      code: '403',
      level: 4,
      isBase: false,
      dimension: null,
      zh: '（内容不详）',
      en: '(text not known)',
    })
    expect(itemEditions[0]!.items).toHaveLength(33)
    expect(editionInForce(new Date('2020-05-21T15:59:59Z'))).toBeUndefined()
    expect(editionInForce(new Date('2020-05-21T16:00:00Z'))).toBe(itemEditions[1])
  })
})

describe('the platform', () => {
  const platform = editionInForce(now, 'PLATFORM')!

  test('has four items of its own on each level, of the two dimensions of a platform', () => {
    expect(platform.number).toBe(101)
    expect(ratings.map(({ level }) => itemsOfLevel(platform, level).map(({ code }) => code))).toEqual(
      [1, 2, 3, 4, 5].map(level => [1, 2, 3, 4].map(number => `P${level}${number}`)),
    )
    for (const { dimension, isBase, zh, en } of platform.items) {
      expect(dimension).toMatch(/^PLATFORM_/)
      expect(isBase).toBe(true)
      expect(zh).toMatch(/^\p{Script=Han}+$/u)
      expect(en).toMatch(/^[A-Z][A-Za-z ,-]+$/)
    }
    expect(new Set(platform.items.map(({ zh }) => zh)).size).toBe(20)
  })

  test('shares no edition with services', () => {
    expect(editionInForce(now, 'HALL')).toBe(edition)
    expect(editionInForce(new Date('2025-12-31T15:59:59Z'), 'PLATFORM')).toBeUndefined()
  })
})

test('no code was ever used twice, and its first digit is its level', () => {
  const items = itemEditions.flatMap(({ items }) => items)
  expect(new Set(items.map(({ code }) => code)).size).toBe(items.length)
  for (const { code, level } of items) expect(Number(/\d/.exec(code)![0])).toBe(level)
  expect(findItem('999')).toBeUndefined()
})
