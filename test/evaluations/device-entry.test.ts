import { createSign, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  earlierAnswer,
  mostSkipped,
  refusedAgain,
  skippedRange,
} from '../../subgraphs/evaluations/domain/device-entry.ts'
import { entryHash, isSignedWith, readSigningKey } from '../../subgraphs/evaluations/domain/device-entry-key.ts'
import { deviceEntryText } from '../../subgraphs/shared/device-entry-text.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = pair.publicKey.export({ format: 'jwk' })
const signed = (text: string, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363') =>
  sign('sha256', Buffer.from(text), { key: pair.privateKey, dsaEncoding }).toString('base64url')

const entry = {
  counter: 7,
  givenAt: '2026-11-21T01:30:00.000Z',
  token: 'a'.repeat(32),
  formTicket: 'b'.repeat(32),
  level: 'DISSATISFIED',
  items: ['207', '214'],
}

describe('what a device signs', () => {
  it('is one JSON array without blanks, in the order of the graph’s description', () => {
    expect(deviceEntryText(entry)).toBe(
      `[7,"2026-11-21T01:30:00.000Z","${'a'.repeat(32)}","${'b'.repeat(32)}","DISSATISFIED",["207","214"]]`,
    )
  })

  it('holds for exactly that text, and for the fixed-width signature that browsers make', () => {
    const key = readSigningKey(JSON.stringify(jwk))
    if ('message' in key) throw new Error(key.message.en)
    const text = deviceEntryText(entry)
    expect(isSignedWith(key, text, signed(text))).toBe(true)
    expect(isSignedWith(key, deviceEntryText({ ...entry, level: 'VERY_SATISFIED' }), signed(text))).toBe(false)
    expect(isSignedWith(key, text, signed(text, 'der'))).toBe(false)
    for (const nonsense of ['', 'AAAA', 'A'.repeat(86), '🙂']) expect(isSignedWith(key, text, nonsense)).toBe(false)
  })

  it('is compared as a whole: anything else under the same number is another entry', () => {
    const hashes = [entry, { ...entry, givenAt: '2026-11-21T01:30:00.001Z' }, { ...entry, items: ['214', '207'] }]
    expect(new Set(hashes.map(each => entryHash(deviceEntryText(each)))).size).toBe(3)
  })
})

describe('a signing key', () => {
  it('is kept as its four public parts', () => {
    const { x, y } = jwk
    const sent = JSON.stringify({ ...jwk, ext: true, key_ops: ['verify'] })
    expect(readSigningKey(sent)).toEqual({ kty: 'EC', crv: 'P-256', x, y })
  })

  it('is refused when it is private, of another curve or kind, off the curve, or no key at all', () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' })
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
    const refusedOnes = [
      pair.privateKey.export({ format: 'jwk' }),
      p384,
      rsa,
      { ...jwk, crv: 'P-384' },
      { ...jwk, y: jwk.x },
      { kty: 'EC', crv: 'P-256' },
      'text',
      null,
      [],
    ].map(each => JSON.stringify(each))
    for (const text of [...refusedOnes, '', '{', createSign('sha256').constructor.name]) {
      expect(readSigningKey(text), text).toMatchObject({ path: 'publicKey', code: 'PUBLIC_KEY_REFUSED' })
    }
  })
})

describe('an entry whose number was used before', () => {
  const rated = { contentHash: 'h', outcome: 'STORED', refusalCode: null, evaluationId: 'e' } as const
  const refusedOne = { contentHash: 'h', outcome: 'REFUSED', refusalCode: 'CASE_VOID', evaluationId: null } as const

  it('is answered as the first time when it says the same, else it is another one', () => {
    expect(earlierAnswer(rated, 'h')).toEqual({ is: 'RATED', evaluationId: 'e' })
    expect(earlierAnswer(refusedOne, 'h')).toEqual({ is: 'REFUSED', code: 'CASE_VOID' })
    expect(earlierAnswer(rated, 'other')).toEqual({ is: 'REUSED' })
  })

  it('a refusal said again leaves no gap in its words', () => {
    for (const code of ['EVALUATION_TOO_LATE', 'CASE_MERGED'] as const) {
      const { message, messageEnglish } = refusedAgain(1, code)
      expect(`${message}${messageEnglish}`).not.toMatch(/[{}]/)
    }
  })
})

describe('numbers that a device skipped', () => {
  it('are those between the highest before and the highest now', () => {
    expect(skippedRange(0, [1, 2, 3])).toEqual({ from: 1, to: 2 })
    expect(skippedRange(3, [4])).toBeNull()
    expect(skippedRange(3, [7, 5])).toEqual({ from: 4, to: 6 })
    expect(skippedRange(9, [4])).toBeNull()
    expect(skippedRange(9, [])).toBeNull()
  })

  it('are bounded, so that one entry with a mad number does not fill a table', () => {
    expect(skippedRange(0, [2_000_000_000])).toEqual({ from: 1, to: mostSkipped })
  })
})
