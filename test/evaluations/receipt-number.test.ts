import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readReceiptNumber,
  receiptHashes,
  receiptNumberFaults,
  receiptNumberOf,
} from '../../subgraphs/evaluations/domain/receipt-number.ts'
import { hmacSha256Ring } from '../../subgraphs/shared/crypto/mac-ring.ts'

const ring = hmacSha256Ring({ current: '1', keys: { 1: Buffer.alloc(32, 1) } })
const rotated = hmacSha256Ring({ current: '2', keys: { 1: Buffer.alloc(32, 1), 2: Buffer.alloc(32, 2) } })
const id = '0195d2c4-7b1a-7c3e-9f00-0123456789ab'

describe('a receipt number', () => {
  test('is the same for the same rating every time, also after a rotation under the key it was made with', () => {
    const number = receiptNumberOf(id, ring)
    expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    expect(receiptNumberOf(id.toUpperCase(), ring)).toBe(number)
    expect(receiptNumberOf(id, rotated, '1')).toBe(number)
    expect(receiptNumberOf(id, rotated)).not.toBe(number)
    expect(() => receiptNumberOf(id, ring, '2')).toThrow('no receipt key 2')
  })

  test('differs between ratings and uses every character of its alphabet at every place', () => {
    const numbers = Array.from({ length: 2000 }, (_, i) => receiptNumberOf(`evaluation-${i}`, ring).replaceAll('-', ''))
    expect(new Set(numbers).size).toBe(2000)
    for (let place = 0; place < 16; place++) expect(new Set(numbers.map(number => number[place])).size).toBe(32)
  })

  test('reads however it is typed', () => {
    expect(readReceiptNumber('k7qx 3mpd owzt 9hil')).toEqual({ ok: true, number: 'K7QX-3MPD-0WZT-9H11' })
    expect(readReceiptNumber('Ｋ７ＱＸ－３ＭＰＤ－０ＷＺＴ－９Ｈ１１')).toEqual({
      ok: true,
      number: 'K7QX-3MPD-0WZT-9H11',
    })
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom('', ' ', '-', '–', '\u3000'), (evaluationId, between) => {
        const number = receiptNumberOf(evaluationId, ring)
        const typed = number.toLowerCase().replaceAll('-', between).replaceAll('0', 'o').replaceAll('1', 'l')
        expect(readReceiptNumber(typed)).toEqual({ ok: true, number })
      }),
    )
  })

  test.each([
    ['', 'LENGTH'],
    ['K7QX-3MPD-0WZT-9H1', 'LENGTH'],
    ['K7QX-3MPD-0WZT-9H11-0', 'LENGTH'],
    ['K7QX-3MPD-0WZT-9H1U', 'CHARACTERS'],
    ['K7QX-3MPD-0WZT-9H1*', 'CHARACTERS'],
  ] as const)('%j is refused: %s', (typed, fault) => {
    expect(readReceiptNumber(typed)).toEqual({ ok: false, fault })
    expect(receiptNumberFaults[fault].zh).toMatch(/^回执编号/)
  })

  test('is stored as a keyed hash that is found again after a rotation', () => {
    const number = receiptNumberOf(id, ring)
    const [stored] = receiptHashes(number, ring)
    expect(stored).toMatch(/^1\.[\w-]{43}$/)
    expect(stored).not.toContain(number)
    expect(receiptHashes(number, rotated)).toEqual([expect.stringMatching(/^2\./), stored])
  })
})
