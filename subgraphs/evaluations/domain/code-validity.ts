import type { MacRing } from '../../shared/crypto/mac-ring.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import { type CodeState, openedFormState, type RatingCode, readRatingCode, screenCodeState } from './rating-code.ts'

/** Why a genuine code, or the ticket beside it, does not let a rating in. */
export type CodeFault = 'CODE_INVALID' | 'CODE_EXPIRED' | 'CODE_RETIRED'

/** Reads a code that was made to be opened; null for anything else, tickets included. */
export function readScannedCode(token: string, ring: MacRing): RatingCode | null {
  const reading = readRatingCode(token, ring)
  return reading.ok ? reading.code : null
}

/**
 * Whether a code may open a form now by itself: screens and terminals while they are fresh, codes of the signed-in applicant for as long
 * as an opened form, receipt codes at any time (the case's late window is their end), static codes until they are retired.
 */
export function codeState(code: RatingCode, now: Date, policy: Pick<JurisdictionPolicy, 'codeLifetimes'>): CodeState {
  switch (code.kind) {
    case 'SCREEN':
    case 'TERMINAL':
      return screenCodeState(code, now, policy)
    case 'PORTAL':
    case 'MOBILE':
      return openedFormState(code, now, policy)
    case 'RECEIPT':
    case 'STATIC':
      return 'CURRENT'
  }
}
