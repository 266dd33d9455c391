import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formTicketState,
  mintFormTicket,
  mintRatingCode,
  type RatingCode,
  readRatingCode,
  screenCodeExpiresAt,
  screenCodeState,
} from '../../subgraphs/evaluations/domain/rating-code.ts'
import { hmacSha256Ring } from '../../subgraphs/shared/crypto/mac-ring.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'

const ring = hmacSha256Ring({ current: '1', keys: { 1: Buffer.alloc(32, 1) } })
const rotated = hmacSha256Ring({ current: '2', keys: { 1: Buffer.alloc(32, 1), 2: Buffer.alloc(32, 2) } })
const stranger = hmacSha256Ring({ current: '1', keys: { 1: Buffer.alloc(32, 9) } })

const code: RatingCode = {
  kind: 'SCREEN',
  caseHandle: '00c0ffee1234',
  point: 517,
  issuedAt: new Date('2026-11-21T01:44:00Z'),
}
const anyCode = fc.record({
  kind: fc.constantFrom('SCREEN' as const, 'RECEIPT' as const, 'FORM' as const),
  caseHandle: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 12, maxLength: 12 }),
  point: fc.integer({ min: 0, max: 65_535 }),
  issuedAt: fc.integer({ min: 0, max: 2 ** 24 - 1 }).map(minute => new Date(Date.UTC(2020, 0, 1) + minute * 60_000)),
})

describe('a rating code', () => {
  test('has 32 characters, all of them usable in an address, and reads back as what it was made of', () => {
    fc.assert(
      fc.property(anyCode, made => {
        const text = mintRatingCode(made, ring)
        expect(text).toMatch(/^[A-Za-z0-9_-]{32}$/)
        expect(readRatingCode(text, ring)).toEqual({ ok: true, code: made })
      }),
    )
  })

  test('fits an address of 60 characters with a host of 16', () => {
    expect(`https://hcp.example.gov/r/${mintRatingCode(code, ring)}`.length).toBeLessThanOrEqual(60)
  })

  test('says the minute of its issue, not the second', () => {
    const text = mintRatingCode({ ...code, issuedAt: new Date('2026-11-21T01:44:59.999Z') }, ring)
    expect(readRatingCode(text, ring)).toEqual({ ok: true, code })
  })

  test('is refused with any one of its 192 bits flipped', () => {
    fc.assert(
      fc.property(anyCode, fc.integer({ min: 0, max: 191 }), (made, bit) => {
        const bytes = Buffer.from(mintRatingCode(made, rotated), 'base64url')
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        expect(readRatingCode(bytes.toString('base64url'), rotated)).toEqual({ ok: false, fault: 'FORGED' })
      }),
    )
    const text = mintRatingCode(code, rotated)
    for (let bit = 0; bit < 192; bit++) {
      const bytes = Buffer.from(text, 'base64url')
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      expect(readRatingCode(bytes.toString('base64url'), rotated).ok).toBe(false)
    }
  })

  test('of another hub, or signed for another purpose with the same key, is forged', () => {
    expect(readRatingCode(mintRatingCode(code, stranger), ring)).toEqual({ ok: false, fault: 'FORGED' })
    const body = Buffer.from(mintRatingCode(code, ring), 'base64url').subarray(0, 12)
    const otherPurpose = ring.mac('1', 'session', body)!.subarray(0, 12)
    expect(readRatingCode(Buffer.concat([body, otherPurpose]).toString('base64url'), ring)).toEqual({
      ok: false,
      fault: 'FORGED',
    })
  })

  test('of an unknown kind is malformed even when it is signed', () => {
    const body = Buffer.from(mintRatingCode(code, ring), 'base64url').subarray(0, 12)
    body[0] = (9 << 4) | 1
    const signed = Buffer.concat([body, ring.mac('1', 'rating-code/1', body)!.subarray(0, 12)])
    expect(readRatingCode(signed.toString('base64url'), ring)).toEqual({ ok: false, fault: 'MALFORMED' })
  })

  test.each([
    '',
    ' ',
    'A'.repeat(31),
    'A'.repeat(33),
    `${'A'.repeat(31)}=`,
    `${'A'.repeat(31)}+`,
    `${'A'.repeat(31)}/`,
    `${'A'.repeat(31)}\n`,
    `${'A'.repeat(32)}\n`,
    '好'.repeat(32),
  ])('%j is malformed', text => {
    expect(readRatingCode(text, ring)).toEqual({ ok: false, fault: 'MALFORMED' })
  })

  test('has one spelling only: other base64 letters for the same bytes are refused', () => {
    const texts = fc.sample(anyCode, 200).map(made => mintRatingCode(made, ring))
    const respelled = texts.map(text => text.replaceAll('-', '+').replaceAll('_', '/'))
    const changed = respelled.filter((text, i) => text !== texts[i])
    expect(changed.length).toBeGreaterThan(0)
    for (const text of changed) expect(readRatingCode(text, ring)).toEqual({ ok: false, fault: 'MALFORMED' })
  })

  test('still reads after its key was rotated, and new ones carry the new key', () => {
    expect(readRatingCode(mintRatingCode(code, ring), rotated)).toEqual({ ok: true, code })
    expect(readRatingCode(mintRatingCode(code, rotated), ring)).toEqual({ ok: false, fault: 'FORGED' })
  })

  test.each([
    { caseHandle: '00C0FFEE1234' },
    { caseHandle: '00c0ffee12' },
    { point: -1 },
    { point: 65_536 },
    { point: 1.5 },
    { issuedAt: new Date('2019-12-31T23:59:59Z') },
    { issuedAt: new Date('2052-01-01T00:00:00Z') },
  ])('cannot be made with %j', part => {
    expect(() => mintRatingCode({ ...code, ...part }, ring)).toThrow(RangeError)
  })
})

describe('a screen code', () => {
  const secondsLater = (seconds: number) => new Date(code.issuedAt.getTime() + seconds * 1000)

  test.each([
    [-61, 'NOT_YET_VALID'],
    [-60, 'CURRENT'],
    [0, 'CURRENT'],
    [149.999, 'CURRENT'],
    [150, 'EXPIRED'],
    [86_400, 'EXPIRED'],
  ])('is, %s s after its minute began, %s', (seconds, state) => {
    expect(screenCodeState(code, secondsLater(seconds), henan)).toBe(state)
    expect(screenCodeExpiresAt(code, henan)).toEqual(secondsLater(150))
  })

  test('made at the last moment of its minute stands a full roll on the screen and can still be scanned', () => {
    const madeAt = new Date('2026-11-21T01:44:59.999Z')
    const read = readRatingCode(mintRatingCode({ ...code, issuedAt: madeAt }, ring), ring)
    const rollsAway = new Date(madeAt.getTime() + henan.codeLifetimes.value.screenRollSeconds * 1000)
    expect(read.ok && screenCodeState(read.code, rollsAway, henan)).toBe('CURRENT')
  })
})

describe('the ticket of an opened form', () => {
  const openedAt = new Date('2026-11-21T01:45:20Z')
  const ticketOf = (scanned: RatingCode) => {
    const read = readRatingCode(mintFormTicket(scanned, openedAt, ring), ring)
    if (!read.ok) throw new Error(read.fault)
    return read.code
  }
  const minutesLater = (minutes: number) => new Date(openedAt.getTime() + minutes * 60_000)

  test('lets the form be handed in for 30 minutes, long after the code itself has rolled away', () => {
    expect(screenCodeState(code, minutesLater(29), henan)).toBe('EXPIRED')
    expect(formTicketState(ticketOf(code), code, minutesLater(30), henan)).toBe('CURRENT')
    expect(formTicketState(ticketOf(code), code, minutesLater(31), henan)).toBe('EXPIRED')
  })

  test('is good for the code that it was given for and no other, and no code passes for a ticket', () => {
    expect(formTicketState(ticketOf(code), { ...code, caseHandle: '00c0ffee9999' }, openedAt, henan)).toBe('EXPIRED')
    expect(formTicketState(ticketOf(code), { ...code, point: 518 }, openedAt, henan)).toBe('EXPIRED')
    expect(formTicketState(code, code, openedAt, henan)).toBe('EXPIRED')
  })
})
