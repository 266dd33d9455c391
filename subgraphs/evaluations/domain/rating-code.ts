import type { MacRing } from '../../shared/crypto/mac-ring.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'

/**
 * What is made to be opened (评价码). SCREEN: on a screen, rolls. RECEIPT: on the printed receipt (回执). STATIC: printed, of a person or
 * a place (静态码). TERMINAL: at a self-service terminal. PORTAL, MOBILE: for the signed-in applicant.
 */
export type ScannedKind = 'SCREEN' | 'RECEIPT' | 'STATIC' | 'TERMINAL' | 'PORTAL' | 'MOBILE'

/**
 * What is handed out beside a scanned code, good at that code alone. FORM: the form was opened in time. PROVEN: at a static code, the form
 * of a case whose applicant proved himself by his phone. VISIT: at a static code, the form of a visit without a case.
 */
export type TicketKind = 'FORM' | 'PROVEN' | 'VISIT'

/**
 * What a rating code (评价码) says: a random handle of the case, of the static code or of the visit (12 hexadecimal digits), the index
 * of staff member and window at that moment, and the minute of issue. Nothing in it is personal, nothing is a case number.
 */
export type RatingCode<Kind extends string = ScannedKind> = {
  kind: Kind
  handle: string
  point: number
  issuedAt: Date
}

/** The ticket beside a code; its handle is that of what will be rated. */
export type Ticket = RatingCode<TicketKind>

/** MALFORMED: not a text of this shape. FORGED: altered, signed by a key that this hub does not have, or a ticket of another code. */
export type CodeReading<Code> = { ok: true; code: Code } | { ok: false; fault: 'MALFORMED' | 'FORGED' }

// 24 bytes: kind and key id 1, handle 6, point 2, minutes 3, MAC 12. They make 32 characters of base64url without
// a rest, so every text of that length has exactly one reading.
const BODY_BYTES = 12
const CODE_TEXT = /^[A-Za-z0-9_-]{32}$/
const MAC_DOMAIN = 'rating-code/1'
const SCANNED_NUMBERS = { SCREEN: 1, RECEIPT: 2, STATIC: 4, TERMINAL: 5, PORTAL: 6, MOBILE: 7 } as const
const TICKET_NUMBERS = { FORM: 3, PROVEN: 8, VISIT: 9 } as const
const SCANNED_KINDS = kindsByNumber<ScannedKind>(SCANNED_NUMBERS)
const TICKET_KINDS = kindsByNumber<TicketKind>(TICKET_NUMBERS)

// Three bytes of minutes reach from 2020 into November 2051.
const FIRST_MINUTE = Date.UTC(2020, 0, 1) / 60_000
const LAST_MINUTE = FIRST_MINUTE + 2 ** 24 - 1
const MINUTE_MS = 60_000
// Clocks of two servers may differ by this much before a code counts as one from the future.
const CLOCK_DIFFERENCE_MS = MINUTE_MS

/** Signs a code under the current key; `issuedAt` is cut down to its minute. Throws RangeError for a senseless part. */
export function mintRatingCode(code: RatingCode, ring: MacRing): string {
  return mint(code, SCANNED_NUMBERS[code.kind], MAC_DOMAIN, ring)
}

/** Reads and checks a code without any look-up; the MAC is compared in constant time. No ticket passes for a code. */
export function readRatingCode(text: string, ring: MacRing): CodeReading<RatingCode> {
  return read(text, SCANNED_KINDS, MAC_DOMAIN, ring)
}

/** Signs a ticket for use beside this code alone. */
export function mintTicket(ticket: Ticket, scanned: RatingCode, ring: MacRing): string {
  return mint(ticket, TICKET_NUMBERS[ticket.kind], ticketDomain(scanned), ring)
}

/** Reads a ticket beside the code that it came with; one of another code, or of the same service by another kind of code, is forged. */
export function readTicket(text: string, scanned: RatingCode, ring: MacRing): CodeReading<Ticket> {
  return read(text, TICKET_KINDS, ticketDomain(scanned), ring)
}

// The kind is part of it: who opened a form by a receipt has proved nothing, so his ticket must not open a screen code.
function ticketDomain({ kind, handle, point }: RatingCode): string {
  return `${MAC_DOMAIN}/${kind}/${handle}/${point}`
}

function mint(code: RatingCode<string>, kindNumber: number, domain: string, ring: MacRing): string {
  const minute = Math.floor(code.issuedAt.getTime() / MINUTE_MS)
  const keyId = Number(ring.current)
  const isSound =
    /^[0-9a-f]{12}$/.test(code.handle) &&
    inRange(code.point, 0, 0xffff) &&
    inRange(minute, FIRST_MINUTE, LAST_MINUTE) &&
    inRange(keyId, 1, 15)
  if (!isSound) throw new RangeError('a rating code cannot carry this handle, point, time or key id')
  const body = Buffer.alloc(BODY_BYTES)
  body.writeUInt8((kindNumber << 4) | keyId, 0)
  body.write(code.handle, 1, 'hex')
  body.writeUInt16BE(code.point, 7)
  body.writeUIntBE(minute - FIRST_MINUTE, 9, 3)
  const mac = ring.mac(ring.current, domain, body)!.subarray(0, BODY_BYTES)
  return Buffer.concat([body, mac]).toString('base64url')
}

function read<Kind extends string>(
  text: string,
  kinds: ReadonlyMap<number, Kind>,
  domain: string,
  ring: MacRing,
): CodeReading<RatingCode<Kind>> {
  if (!CODE_TEXT.test(text)) return { ok: false, fault: 'MALFORMED' }
  const bytes = Buffer.from(text, 'base64url')
  const body = bytes.subarray(0, BODY_BYTES)
  const head = body.readUInt8(0)
  if (!ring.verify(String(head & 15), domain, body, bytes.subarray(BODY_BYTES))) return { ok: false, fault: 'FORGED' }
  const kind = kinds.get(head >> 4)
  if (!kind) return { ok: false, fault: 'MALFORMED' }
  const handle = body.toString('hex', 1, 7)
  const issuedAt = new Date((FIRST_MINUTE + body.readUIntBE(9, 3)) * MINUTE_MS)
  return { ok: true, code: { kind, handle, point: body.readUInt16BE(7), issuedAt } }
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

/** The first moment at which a ticket, or the code of a signed-in applicant, is too old. */
export function openedFormExpiresAt(opened: { issuedAt: Date }, policy: Lifetimes): Date {
  // One minute more, because only the minute is known in which it was opened.
  return new Date(opened.issuedAt.getTime() + (policy.codeLifetimes.value.openedFormMinutes + 1) * MINUTE_MS)
}

/** Whether a screen code may still open a form: scanned in time it is itself the proof of presence. */
export function screenCodeState(code: { issuedAt: Date }, now: Date, policy: Lifetimes): CodeState {
  return stateBetween(code.issuedAt, screenCodeExpiresAt(code, policy), now)
}

/** Whether an opened form may still be handed in: by its ticket, or by the code of a signed-in applicant. */
export function openedFormState(opened: { issuedAt: Date }, now: Date, policy: Lifetimes): CodeState {
  return stateBetween(opened.issuedAt, openedFormExpiresAt(opened, policy), now)
}

function stateBetween(from: Date, until: Date, now: Date): CodeState {
  if (now.getTime() < from.getTime() - CLOCK_DIFFERENCE_MS) return 'NOT_YET_VALID'
  return now < until ? 'CURRENT' : 'EXPIRED'
}

function kindsByNumber<Kind extends string>(numbers: Readonly<Record<Kind, number>>): ReadonlyMap<number, Kind> {
  return new Map(Object.entries<number>(numbers).map(([kind, number]) => [number, kind as Kind]))
}

function inRange(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
