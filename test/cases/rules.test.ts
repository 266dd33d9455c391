import { describe, expect, test } from 'vitest'
import { batchWinners } from '../../subgraphs/cases/domain/batch-winners.ts'
import { readCredential } from '../../subgraphs/cases/domain/credential.ts'
import { scopeOfHolder } from '../../subgraphs/cases/domain/holder-viewer.ts'
import { isAboveLegalLimit } from '../../subgraphs/cases/domain/legal-limit.ts'
import { countAttempt, waitAfterFailures } from '../../subgraphs/cases/domain/sign-in-delay.ts'

const at = (text: string) => new Date(text)

describe('longer than the law allows', () => {
  const legalLimitAt = at('2026-11-20T15:59:59Z')
  test.each([
    ['closed in time', { closedAt: at('2026-11-20T15:59:59Z'), legalLimitAt }, at('2026-12-01T00:00:00Z'), false],
    ['closed too late', { closedAt: at('2026-11-20T16:00:00Z'), legalLimitAt }, at('2026-12-01T00:00:00Z'), true],
    ['open and in time', { closedAt: null, legalLimitAt }, at('2026-11-20T15:59:59Z'), null],
    ['open and too late', { closedAt: null, legalLimitAt }, at('2026-11-20T16:00:00Z'), true],
    ['without a limit', { closedAt: at('2026-11-20T16:00:00Z'), legalLimitAt: null }, at('2026-12-01T00:00:00Z'), null],
  ])('%s', (_name, serviceCase, now, expected) => {
    expect(isAboveLegalLimit(serviceCase, now)).toBe(expected)
  })
})

describe('waits after failed sign-ins', () => {
  test('three are free, then each doubles the wait up to a quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 1000].map(waitAfterFailures)).toEqual([
      0, 0, 0, 2, 4, 8, 16, 256, 512, 900, 900, 900,
    ])
  })
  test('while it runs nothing is counted, and it ends to the millisecond', () => {
    const before = { failedCount: 4, retryAfter: at('2026-11-20T02:00:02Z') }
    expect(countAttempt(before, at('2026-11-20T02:00:01.999Z'))).toEqual({ waitSeconds: 1, next: before })
    expect(countAttempt(before, at('2026-11-20T02:00:02Z'))).toEqual({
      waitSeconds: 0,
      next: { failedCount: 5, retryAfter: at('2026-11-20T02:00:06Z') },
    })
  })
})

test('of one case in a batch the highest version stands, of equal ones the first', () => {
  const row = (index: number, key: string, dataVersion: number) => ({ index, key, dataVersion })
  expect([...batchWinners([row(0, 'a', 2), row(1, 'b', 1), row(2, 'a', 3), row(3, 'a', 3), row(4, 'b', 1)])]).toEqual([
    ['a', 2],
    ['b', 1],
  ])
})

test('a credential that cannot be ours is not looked up', () => {
  const secret = 'A'.repeat(43)
  const kindsOf = ['s', 'z', 'k', 'd'].map(letter => readCredential(`hub_${letter}_${secret}`)?.kind)
  expect(kindsOf).toEqual(['SESSION', 'CITIZEN', 'CLIENT', 'DEVICE'])
  for (const text of [
    '',
    secret,
    `hub_x_${secret}`,
    `hub_s_${secret}A`,
    `hub_s_${secret.slice(1)}`,
    `hub_s_${secret} `,
  ]) {
    expect(readCredential(text)).toBeNull()
  }
})

test('a holder without a region sees nothing, columns that are set narrow the scope', () => {
  expect(scopeOfHolder({ regionPath: null, hallId: 'h' })).toEqual({ reach: 'NOTHING' })
  expect(scopeOfHolder({ regionPath: '/41/', departmentId: null, hallId: 'h', windowId: null })).toEqual({
    reach: 'REGION',
    regionPath: '/41/',
    hallId: 'h',
  })
})
