import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  mintRatingCode,
  mintTicket,
  openedFormExpiresAt,
  openedFormState,
  type RatingCode,
  readRatingCode,
  readTicket,
  screenCodeExpiresAt,
  screenCodeState,
  type Ticket,
} from '../../subgraphs/evaluations/domain/rating-code.ts'
import { hmacSha256Ring } from '../../subgraphs/shared/crypto/mac-ring.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'

const ring = hmacSha256Ring({ current: '1', keys: { 1: Buffer.alloc(32, 1) } })
const rotated = hmacSha256Ring({ current: '2', keys: { 1: Buffer.alloc(32, 1), 2: Buffer.alloc(32, 2) } })
const stranger = hmacSha256Ring({ current: '1', keys: { 1: Buffer.alloc(32, 9) } })

const code: RatingCode = {
  kind: 'SCREEN',
  handle: '00c0ffee1234',
  point: 517,
  issuedAt: new Date('2026-11-21T01:44:00Z'),
}
const scannedKinds = ['SCREEN', 'RECEIPT', 'STATIC', 'TERMINAL', 'PORTAL', 'MOBILE'] as const
const ticketKinds = ['FORM', 'PROVEN', 'VISIT'] as const
const anyParts = {
  handle: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 12, maxLength: 12 }),
  point: fc.integer({ min: 0, max: 65_535 }),
  issuedAt: fc.integer({ min: 0, max: 2 ** 24 - 1 }).map(minute => new Date(Date.UTC(2020, 0, 1) + minute * 60_000)),
}
const anyCode = fc.record({ kind: fc.constantFrom(...scannedKinds), ...anyParts })
const anyTicket = fc.record({ kind: fc.constantFrom(...ticketKinds), ...anyParts })

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
    body[0] = (15 << 4) | 1
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
    { handle: '00C0FFEE1234' },
    { handle: '00c0ffee12' },
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

describe('a ticket', () => {
  test('reads back beside its code, and no ticket passes for a code nor a code for a ticket', () => {
    fc.assert(
      fc.property(anyTicket, anyCode, (ticket, scanned) => {
        const text = mintTicket(ticket, scanned, ring)
        expect(text).toMatch(/^[A-Za-z0-9_-]{32}$/)
        expect(readTicket(text, scanned, ring)).toEqual({ ok: true, code: ticket })
        expect(readRatingCode(text, ring)).toEqual({ ok: false, fault: 'FORGED' })
        expect(readTicket(mintRatingCode(scanned, ring), scanned, ring)).toEqual({ ok: false, fault: 'FORGED' })
      }),
    )
  })

  test('is forged beside a code of another handle, point or kind', () => {
    fc.assert(
      fc.property(anyTicket, anyCode, anyCode, (ticket, scanned, other) => {
        fc.pre(['kind', 'handle', 'point'].some(part => scanned[part as 'kind'] !== other[part as 'kind']))
        expect(readTicket(mintTicket(ticket, scanned, ring), other, ring)).toEqual({ ok: false, fault: 'FORGED' })
      }),
    )
    const ticket: Ticket = { ...code, kind: 'FORM' }
    const byReceipt = mintTicket(ticket, { ...code, kind: 'RECEIPT' }, ring)
    for (const kind of scannedKinds.filter(each => each !== 'RECEIPT')) {
      expect(readTicket(byReceipt, { ...code, kind }, ring)).toEqual({ ok: false, fault: 'FORGED' })
    }
  })

  test('is good for the code whenever that was made: the minute of issue does not matter', () => {
    const ticket: Ticket = { ...code, kind: 'FORM' }
    const later = { ...code, issuedAt: new Date(code.issuedAt.getTime() + 600_000) }
    expect(readTicket(mintTicket(ticket, code, ring), later, ring).ok).toBe(true)
  })

  test('is refused with any one of its 192 bits flipped', () => {
    fc.assert(
      fc.property(anyTicket, anyCode, fc.integer({ min: 0, max: 191 }), (made, scanned, bit) => {
        const bytes = Buffer.from(mintTicket(made, scanned, rotated), 'base64url')
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        expect(readTicket(bytes.toString('base64url'), scanned, rotated)).toEqual({ ok: false, fault: 'FORGED' })
      }),
    )
  })
})

describe('an opened form', () => {
  const openedAt = new Date('2026-11-21T01:45:20Z')
  const minutesLater = (minutes: number) => new Date(openedAt.getTime() + minutes * 60_000)

  test('may be handed in for 30 minutes by its ticket, long after the code itself has rolled away', () => {
    const read = readTicket(mintTicket({ ...code, kind: 'FORM', issuedAt: openedAt }, code, ring), code, ring)
    if (!read.ok) throw new Error(read.fault)
    expect(screenCodeState(code, minutesLater(29), henan)).toBe('EXPIRED')
    expect(openedFormState(read.code, minutesLater(30), henan)).toBe('CURRENT')
    expect(openedFormState(read.code, minutesLater(31), henan)).toBe('EXPIRED')
    expect(openedFormState(read.code, minutesLater(-3), henan)).toBe('NOT_YET_VALID')
    expect(openedFormExpiresAt(read.code, henan)).toEqual(new Date('2026-11-21T02:16:00Z'))
  })
})
