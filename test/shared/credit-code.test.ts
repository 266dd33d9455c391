import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditCheckCharacter, readCreditCode } from '../../subgraphs/shared/people/credit-code.ts'

const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']

// GB 32100 states it so: the sum of value × 3^(i−1) over all 18 places is a multiple of 31 (the last weighs 1).
function sumByTheStandard(code: string): number {
  const values = [...code].map(letter => alphabet.indexOf(letter))
  return values.reduce((sum, value, i) => (sum + value * (i === 17 ? 1 : 3 ** i)) % 31, 0)
}

describe('a unified social credit code', () => {
  // Printed in GB 32100-2015 itself as its worked example.
  test('of the standard passes its checksum', () => {
    expect(readCreditCode('91350100M000100Y43')).toEqual({ ok: true, code: '91350100M000100Y43', warnings: [] })
    expect(readCreditCode('９１３５０１００ｍ０００１００ｙ４３')).toEqual({
      ok: true,
      code: '91350100M000100Y43',
      warnings: [],
    })
  })

  test('with a failing checksum is taken with a warning, never refused', () => {
    expect(readCreditCode('91350100M000100Y44')).toEqual({
      ok: true,
      code: '91350100M000100Y44',
      warnings: ['CHECKSUM_FAILS'],
    })
    expect(readCreditCode('91350100MO00100Y43')).toEqual({
      ok: true,
      code: '91350100MO00100Y43',
      warnings: ['LETTER_OUTSIDE_STANDARD'],
    })
  })

  test.each([
    ['', 'LENGTH'],
    ['91350100M000100Y4', 'LENGTH'],
    ['91350100M000100Y4三', 'CHARACTERS'],
  ])('%j is refused: %s', (typed, fault) => {
    expect(readCreditCode(typed)).toEqual({ ok: false, fault })
  })

  test('notices any single wrong character', () => {
    const body = fc.array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 })
    fc.assert(
      fc.property(body, fc.integer({ min: 0, max: 16 }), fc.constantFrom(...alphabet), (letters, place, other) => {
        fc.pre(letters[place] !== other)
        const code = letters.join('') + creditCheckCharacter(letters.join(''))
        expect(sumByTheStandard(code)).toBe(0)
        expect(readCreditCode(code)).toEqual({ ok: true, code, warnings: [] })
        const wrong = code.slice(0, place) + other + code.slice(place + 1)
        expect(readCreditCode(wrong)).toEqual({ ok: true, code: wrong, warnings: ['CHECKSUM_FAILS'] })
      }),
    )
  })
})
