import { creditCodeNotes, readCreditCode } from './credit-code.ts'
import { halfWidth } from './half-width.ts'
import { identityNumberFaults, readIdentityNumber } from './identity-number.ts'

/** A fault or an oddity of a number, in words for the person at the keyboard. */
export type DocumentNote = { code: string; zh: string; en: string }

/** What a caller named: an identity number (身份证号) or a unified social credit code (统一社会信用代码), in the form in which it is looked for. */
export type CallerDocument =
  | { ok: true; kind: 'IDENTITY_NUMBER' | 'CREDIT_CODE'; number: string; warnings: DocumentNote[] }
  | { ok: false; fault: DocumentNote }

const LENGTH: DocumentNote = {
  code: 'LENGTH',
  zh: '身份证号为18位（旧式15位），统一社会信用代码为18位',
  en: 'an identity number has 18 characters (15 in the old form), a unified social credit code 18',
}

/**
 * Reads the number that a caller names, however it was typed: full-width digits, blanks, a small x. An identity number must hold its check
 * digit; a credit code that fails its own is a warning, since real ones of the pilot years do. Digits alone that have the build of an
 * identity number are one; what cannot be one is read as a credit code.
 */
export function readCallerDocument(text: string, now: Date): CallerDocument {
  const typed = halfWidth(text)
  if (typed.length !== 15 && typed.length !== 18) return { ok: false, fault: LENGTH }
  const identity = readIdentityNumber(typed, now)
  if (identity.ok) return { ok: true, kind: 'IDENTITY_NUMBER', number: identity.number, warnings: [] }
  const credit = readCreditCode(typed)
  const hasIdentityBuild = identity.fault === 'CHECK_DIGIT' || typed.length === 15
  if (credit.ok && (credit.warnings.length === 0 || !hasIdentityBuild)) {
    const warnings = credit.warnings.map(code => ({ code, ...creditCodeNotes[code] }))
    return { ok: true, kind: 'CREDIT_CODE', number: credit.code, warnings }
  }
  if (!credit.ok && !hasIdentityBuild)
    return { ok: false, fault: { code: credit.fault, ...creditCodeNotes[credit.fault] } }
  return { ok: false, fault: { code: identity.fault, ...identityNumberFaults[identity.fault] } }
}
