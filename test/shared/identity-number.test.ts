import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  identityCheckCharacter,
  identityNumberFaults,
  readIdentityNumber,
} from '../../subgraphs/shared/people/identity-number.ts'

// Every number here is invented: 419999 is no county, so nobody can hold one of them.
const now = new Date('2026-11-21T01:00:00Z')
const read = (text: string) => readIdentityNumber(text, now)

// ISO 7064 states it so: over all 18 places the sum of digit × 2^(18−i) leaves 1 when divided by 11, X being ten.
function restByTheStandard(number: string): number {
  const values = [...number].map(digit => (digit === 'X' ? 10 : Number(digit)))
  return values.reduce((sum, value, i) => sum + value * 2 ** (17 - i), 0) % 11
}

describe('an identity number', () => {
  test.each([
    ['419999190001010004', '419999190001010004'],
    ['41999919000101008X', '41999919000101008X'],
    ['41999919000101008x', '41999919000101008X'],
    ['４１９９９９１９０００１０１００８ｘ', '41999919000101008X'],
    [' 419999 19000101 008X ', '41999919000101008X'],
    ['419999490101007', '419999194901010075'],
  ])('%j reads as %s', (typed, number) => {
    expect(read(typed)).toEqual({ ok: true, number })
  })

  test.each([
    ['', 'LENGTH'],
    ['4199991900010100', 'LENGTH'],
    ['4199991900010100071', 'LENGTH'],
    ['41999919000101O07X', 'CHARACTERS'],
    ['4199991900010100X7', 'CHARACTERS'],
    ['419999000101o07', 'CHARACTERS'],
    ['019999190001010004', 'REGION'],
    ['479999190001010004', 'REGION'],
    ['419999190002300004', 'BIRTH_DATE'],
    ['419999190102290004', 'BIRTH_DATE'],
    ['419999202611220007', 'BIRTH_DATE'],
    ['419999190001010005', 'CHECK_DIGIT'],
  ])('%j is refused: %s', (typed, fault) => {
    expect(read(typed)).toEqual({ ok: false, fault })
  })

  test('has the last character that GB 11643 gives, and one wrong digit is always noticed', () => {
    const digits = fc.tuple(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 0, max: 16 }),
      fc.integer({ min: 1, max: 9 }),
    )
    fc.assert(
      fc.property(digits, ([serial, place, step]) => {
        const body = `41999919000101${String(serial).padStart(3, '0')}`
        const number = body + identityCheckCharacter(body)
        expect(read(number)).toEqual({ ok: true, number })
        const wrong = String((Number(number[place]) + step) % 10)
        expect(read(number.slice(0, place) + wrong + number.slice(place + 1)).ok).toBe(false)
      }),
    )
  })

  test('has the check character of ISO 7064 whatever its digits are', () => {
    const body = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 17, maxLength: 17 })
    fc.assert(
      fc.property(body, digits => {
        expect(restByTheStandard(digits + identityCheckCharacter(digits))).toBe(1)
      }),
    )
  })

  test('of today is a person born today, one of tomorrow is a fault', () => {
    const bornOn = (day: string) => `419999${day}000${identityCheckCharacter(`419999${day}000`)}`
    expect(read(bornOn('20261121')).ok).toBe(true)
    expect(read(bornOn('20261122'))).toEqual({ ok: false, fault: 'BIRTH_DATE' })
  })

  test('says each fault in Chinese and English', () => {
    expect(
      Object.values(identityNumberFaults).every(({ zh, en }) => /\p{Script=Han}/u.test(zh) && /[a-z]/.test(en)),
    ).toBe(true)
  })
})
