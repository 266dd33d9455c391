import type { MacRing } from '../../shared/crypto/mac-ring.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'

/**
 * SCREEN: on a screen, rolls. RECEIPT: on the printed receipt (回执). FORM: not shown to be scanned, it is handed out
 * with an opened form and proves later that the form was opened in time.
 */
export type RatingCodeKind = 'SCREEN' | 'RECEIPT' | 'FORM'

/**
 * What a rating code (评价码) says: a random handle of the case (12 hexadecimal digits), the index of staff member and
 * window at that moment, and the minute of issue. Nothing in it is personal, nothing is a case number.
 */
export type RatingCode = { kind: RatingCodeKind; caseHandle: string; point: number; issuedAt: Date }

/** MALFORMED: not a text of this shape. FORGED: altered, or signed by a key that this hub does not have. */
export type RatingCodeReading = { ok: true; code: RatingCode } | { ok: false; fault: 'MALFORMED' | 'FORGED' }

// 24 bytes: kind and key id 1, case handle 6, point 2, minutes 3, MAC 12. They make 32 characters of base64url without
// a rest, so every text of that length has exactly one reading.
const BODY_BYTES = 12
const CODE_TEXT = /^[A-Za-z0-9_-]{32}$/
const KIND_NUMBERS: Readonly<Record<RatingCodeKind, number>> = { SCREEN: 1, RECEIPT: 2, FORM: 3 }
const KINDS = new Map(Object.entries(KIND_NUMBERS).map(([kind, number]) => [number, kind as RatingCodeKind]))
const MAC_DOMAIN = 'rating-code/1'

// Three bytes of minutes reach from 2020 into November 2051.
const FIRST_MINUTE = Date.UTC(2020, 0, 1) / 60_000
const LAST_MINUTE = FIRST_MINUTE + 2 ** 24 - 1
const MINUTE_MS = 60_000
// Clocks of two servers may differ by this much before a code counts as one from the future.
const CLOCK_DIFFERENCE_MS = MINUTE_MS

/** Signs a code under the current key; `issuedAt` is cut down to its minute. Throws RangeError for a senseless part. */
export function mintRatingCode(code: RatingCode, ring: MacRing): string {
  const minute = Math.floor(code.issuedAt.getTime() / MINUTE_MS)
  const keyId = Number(ring.current)
  const isSound =
    /^[0-9a-f]{12}$/.test(code.caseHandle) &&
    inRange(code.point, 0, 0xffff) &&
    inRange(minute, FIRST_MINUTE, LAST_MINUTE) &&
    inRange(keyId, 1, 15)
  if (!isSound) throw new RangeError('a rating code cannot carry this handle, point, time or key id')
  const body = Buffer.alloc(BODY_BYTES)
  body.writeUInt8((KIND_NUMBERS[code.kind] << 4) | keyId, 0)
  body.write(code.caseHandle, 1, 'hex')
  body.writeUInt16BE(code.point, 7)
  body.writeUIntBE(minute - FIRST_MINUTE, 9, 3)
  const mac = ring.mac(ring.current, MAC_DOMAIN, body)!.subarray(0, BODY_BYTES)
  return Buffer.concat([body, mac]).toString('base64url')
}

/** Reads and checks a code without any look-up; the MAC is compared in constant time. */
export function readRatingCode(text: string, ring: MacRing): RatingCodeReading {
  if (!CODE_TEXT.test(text)) return { ok: false, fault: 'MALFORMED' }
  const bytes = Buffer.from(text, 'base64url')
  const body = bytes.subarray(0, BODY_BYTES)
  const head = body.readUInt8(0)
  if (!ring.verify(String(head & 15), MAC_DOMAIN, body, bytes.subarray(BODY_BYTES)))
    return { ok: false, fault: 'FORGED' }
  const kind = KINDS.get(head >> 4)
  if (!kind) return { ok: false, fault: 'MALFORMED' }
  const caseHandle = body.toString('hex', 1, 7)
  const issuedAt = new Date((FIRST_MINUTE + body.readUIntBE(9, 3)) * MINUTE_MS)
  return { ok: true, code: { kind, caseHandle, point: body.readUInt16BE(7), issuedAt } }
}

/** A code read in time is CURRENT. NOT_YET_VALID means that a server's clock is wrong. */
export type CodeState = 'CURRENT' | 'EXPIRED' | 'NOT_YET_VALID'

type Lifetimes = Pick<JurisdictionPolicy, 'codeLifetimes'>

/** The first moment at which a screen code may no longer open a form. */
export function screenCodeExpiresAt(code: { issuedAt: Date }, policy: Lifetimes): Date {
  const { screenRollSeconds, screenGraceSeconds } = policy.codeLifetimes.value
  // The code carries only its minute: it may have been made at the end of it and then stood a full roll on the screen.
  return new Date(code.issuedAt.getTime() + MINUTE_MS + (screenRollSeconds + screenGraceSeconds) * 1000)
}

/** Whether a screen code may still open a form: scanned in time it is itself the proof of presence. */
export function screenCodeState(code: { issuedAt: Date }, now: Date, policy: Lifetimes): CodeState {
  return stateBetween(code.issuedAt, screenCodeExpiresAt(code, policy), now)
}

/** The ticket that goes with a form opened now by this code, and comes back with the rating. */
export function mintFormTicket(code: RatingCode, now: Date, ring: MacRing): string {
  return mintRatingCode({ ...code, kind: 'FORM', issuedAt: now }, ring)
}

/** Whether a ticket was given for this code and its form may still be handed in. */
export function formTicketState(ticket: RatingCode, code: RatingCode, now: Date, policy: Lifetimes): CodeState {
  const isOfThisCode = ticket.kind === 'FORM' && ticket.caseHandle === code.caseHandle && ticket.point === code.point
  if (!isOfThisCode) return 'EXPIRED'
  const { openedFormMinutes } = policy.codeLifetimes.value
  // One minute more, because the ticket carries only the minute in which the form was opened.
  return stateBetween(ticket.issuedAt, new Date(ticket.issuedAt.getTime() + (openedFormMinutes + 1) * MINUTE_MS), now)
}

function stateBetween(from: Date, until: Date, now: Date): CodeState {
  if (now.getTime() < from.getTime() - CLOCK_DIFFERENCE_MS) return 'NOT_YET_VALID'
  return now < until ? 'CURRENT' : 'EXPIRED'
}

function inRange(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
