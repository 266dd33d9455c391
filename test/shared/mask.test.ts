import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskDocumentNumber, maskName, maskPhone } from '../../subgraphs/shared/people/mask.ts'

describe('a mask', () => {
  test.each([
    ['张三', '张*'],
    ['欧阳测试', '欧***'],
    ['阿卜杜·测试', '阿*****'],
    ['𠮷测试', '𠮷**'],
    ['张', '*'],
    ['', ''],
  ])('shows the name %j as %j', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  test.each([
    ['13900000000', '139****0000'],
    ['0371-60001234', '0371-****1234'],
    ['60001234', '********'],
    ['', ''],
  ])('shows the phone %j as %j', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked)
  })

  test.each([
    ['41999919000101008X', '419*************8X'],
    ['91350100M000100Y43', '913*************43'],
    ['E00000001', 'E*******1'],
    ['123456', '******'],
  ])('shows the document number %j as %j', (number, masked) => {
    expect(maskDocumentNumber(number)).toBe(masked)
  })

  test('never shows more than seven characters of a phone, five of a document and one of a name', () => {
    const shown = (masked: string) => masked.replaceAll('*', '').replace('-', '').length
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 24 })
    fc.assert(
      fc.property(digits, number => {
        expect(shown(maskPhone(number))).toBeLessThanOrEqual(7)
        expect(shown(maskDocumentNumber(number))).toBeLessThanOrEqual(5)
        expect(shown(maskName(number))).toBeLessThanOrEqual(1)
        expect(maskDocumentNumber(number)).toHaveLength(number.length)
      }),
    )
  })
})
