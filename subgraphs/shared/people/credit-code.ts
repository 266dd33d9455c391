import { halfWidth } from './half-width.ts'

/** Why a text cannot be a unified social credit code (统一社会信用代码). */
export type CreditCodeFault = 'LENGTH' | 'CHARACTERS'

/** What is odd about a code that is taken all the same. */
export type CreditCodeWarning = 'LETTER_OUTSIDE_STANDARD' | 'CHECKSUM_FAILS'

export type CreditCode =
  | { ok: true; code: string; warnings: CreditCodeWarning[] }
  | { ok: false; fault: CreditCodeFault }

/** What each fault and warning says to the person at the keyboard. */
export const creditCodeNotes: Readonly<Record<CreditCodeFault | CreditCodeWarning, { zh: string; en: string }>> = {
  LENGTH: { zh: '统一社会信用代码应为18位', en: 'a unified social credit code has 18 characters' },
  CHARACTERS: {
    zh: '统一社会信用代码只能由数字和大写字母组成',
    en: 'a unified social credit code consists of digits and Latin letters',
  },
  LETTER_OUTSIDE_STANDARD: {
    zh: '代码含有标准不用的字母 I、O、S、V、Z，请核对是否为数字',
    en: 'the code contains I, O, S, V or Z, which the standard does not use: check for digits mistaken for letters',
  },
  CHECKSUM_FAILS: {
    zh: '校验码不符，请核对；早期代码可能如此，可以继续',
    en: 'the check character does not fit: please compare; early codes may fail, so you can go on',
  },
}

// GB 32100-2015: 31 characters without I, O, S, V, Z; weight of the i-th character is 3^(i-1) mod 31.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/**
 * Reads a unified social credit code (GB 32100) as typed. Codes given out in the pilot years fail the checksum
 * though they are real, so a failing one is a warning and never a refusal.
 */
export function readCreditCode(text: string): CreditCode {
  const code = halfWidth(text)
  if (code.length !== 18) return { ok: false, fault: 'LENGTH' }
  if (!/^[0-9A-Z]{18}$/.test(code)) return { ok: false, fault: 'CHARACTERS' }
  if (/[IOSVZ]/.test(code)) return { ok: true, code, warnings: ['LETTER_OUTSIDE_STANDARD'] }
  return { ok: true, code, warnings: creditCheckCharacter(code) === code[17] ? [] : ['CHECKSUM_FAILS'] }
}

/** The 18th character of a credit code from its first 17 characters, which must be of the standard's alphabet. */
export function creditCheckCharacter(code: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(code[i]!), 0)
  return ALPHABET[(31 - (sum % 31)) % 31]!
}
