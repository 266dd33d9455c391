import { describe, expect, test } from 'vitest'
import { lastFourDigits, phoneFaults, readPhone } from '../../subgraphs/shared/people/phone.ts'

const mobile = (number: string) => ({ ok: true, kind: 'MOBILE', number, extension: null })
const landline = (number: string, extension: string | null = null) => ({
  ok: true,
  kind: 'LANDLINE',
  number,
  extension,
})

describe('a phone number', () => {
  test.each([
    ['13900000000', mobile('13900000000')],
    ['１３９００００００００', mobile('13900000000')],
    ['139 0000 0000', mobile('13900000000')],
    ['139-0000-0000', mobile('13900000000')],
    ['+86 139 0000 0000', mobile('13900000000')],
    ['008613900000000', mobile('13900000000')],
    ['0371-60000000', landline('0371-60000000')],
    ['037160000000', landline('0371-60000000')],
    ['(0371)60000000', landline('0371-60000000')],
    ['（０３７１）６０００００００', landline('0371-60000000')],
    ['+86 371 6000 0000', landline('0371-60000000')],
    ['010-60000000', landline('010-60000000')],
    ['0398-2000000', landline('0398-2000000')],
    ['0371-60000000-801', landline('0371-60000000', '801')],
    ['0371-60000000转801', landline('0371-60000000', '801')],
    ['0371-60000000 ext. 801', landline('0371-60000000', '801')],
  ])('%j is read', (typed, phone) => {
    expect(readPhone(typed)).toEqual(phone)
  })

  test.each([
    ['', 'EMPTY'],
    [' - ', 'EMPTY'],
    ['12900000000', 'NOT_A_NUMBER_IN_USE'],
    ['1390000000', 'NOT_A_NUMBER_IN_USE'],
    ['139000000000', 'NOT_A_NUMBER_IN_USE'],
    ['0371-1000000', 'NOT_A_NUMBER_IN_USE'],
    ['60000000', 'AREA_CODE_MISSING'],
    ['139****0000', 'CHARACTERS'],
    ['无', 'CHARACTERS'],
  ] as const)('%j is refused: %s', (typed, fault) => {
    expect(readPhone(typed)).toEqual({ ok: false, fault })
    expect(phoneFaults[fault].zh).toMatch(/\p{Script=Han}/u)
  })

  test('proves itself by its last four digits, never by those of an extension', () => {
    const phone = readPhone('0371-60001234-801')
    expect(phone.ok && lastFourDigits(phone)).toBe('1234')
  })
})
