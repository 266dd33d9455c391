import type { MacRing } from '../../shared/crypto/mac-ring.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import { formTicketState, type RatingCode, readRatingCode, screenCodeState } from './rating-code.ts'

/** Why a genuine code, or the ticket beside it, does not let a rating in. */
export type CodeFault = 'CODE_INVALID' | 'CODE_EXPIRED'

/** Reads a code that was made to be scanned; null for anything else, tickets included. */
export function readScannedCode(token: string, ring: MacRing): RatingCode | null {
  const reading = readRatingCode(token, ring)
  return reading.ok && reading.code.kind !== 'FORM' ? reading.code : null
}

/**
 * Whether a rating may come in by this code now: a screen code while it is fresh or while the form that it opened lasts, a receipt
 * code at any time (the case's late window is its end). A ticket that is altered or of another code is refused, never overlooked.
 */
export function codeFault(
  code: RatingCode,
  formTicket: string | null,
  now: Date,
  { ring, policy }: { ring: MacRing; policy: JurisdictionPolicy },
): CodeFault | null {
  const ticket = formTicket === null ? null : readRatingCode(formTicket, ring)
  if (ticket && !(ticket.ok && isOfCode(ticket.code, code))) return 'CODE_INVALID'
  if (code.kind === 'RECEIPT') return null
  if (screenCodeState(code, now, policy) === 'CURRENT') return null
  return ticket && formTicketState(ticket.code, code, now, policy) === 'CURRENT' ? null : 'CODE_EXPIRED'
}

function isOfCode(ticket: RatingCode, code: RatingCode): boolean {
  return ticket.kind === 'FORM' && ticket.caseHandle === code.caseHandle && ticket.point === code.point
}
