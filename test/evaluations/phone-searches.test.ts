import { expect, test } from 'vitest'
import { createPhoneSearches } from '../../subgraphs/evaluations/store/phone-searches.ts'

const clock = { now: new Date('2026-11-21T01:44:00Z') }
const searches = () => createPhoneSearches(() => clock.now)
const phones = ['a', 'b', 'c', 'd', 'e']

test('five phones that find nothing are looked for in a quarter of an hour, the sixth waits', () => {
  const kept = searches()
  for (const phone of phones) expect(kept.begin('hall', phone)).toBe(true)
  expect(kept.begin('hall', 'f')).toBe(false)
  expect(kept.begin('hall', 'c')).toBe(true)
  expect(kept.begin('station', 'f')).toBe(true)
  clock.now = new Date(clock.now.getTime() + 15 * 60_000)
  expect(kept.begin('hall', 'f')).toBe(true)
})

test('a phone that found its cases is not counted: whoever comes after him is not kept waiting', () => {
  const kept = searches()
  for (let person = 0; person < 50; person++) {
    expect(kept.begin('hall', `person ${person}`)).toBe(true)
    kept.found('hall', `person ${person}`)
  }
})

test('many at once are not let through together', () => {
  const kept = searches()
  const begun = Array.from({ length: 100 }, (_, number) => kept.begin('hall', `guess ${number}`))
  expect(begun.filter(Boolean).length).toBe(5)
})
