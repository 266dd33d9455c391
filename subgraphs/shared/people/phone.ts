import { halfWidth } from './half-width.ts'

/** Why a text is no phone number that can be called back. */
export type PhoneFault = 'EMPTY' | 'CHARACTERS' | 'AREA_CODE_MISSING' | 'NOT_A_NUMBER_IN_USE'

/** `number` is 11 digits for a mobile, `0371-60000000` for a landline; an extension (分机) is kept apart. */
export type Phone =
  | { ok: true; kind: 'MOBILE' | 'LANDLINE'; number: string; extension: string | null }
  | { ok: false; fault: PhoneFault }

/** What each fault says to the person at the keyboard. */
export const phoneFaults: Readonly<Record<PhoneFault, { zh: string; en: string }>> = {
  EMPTY: { zh: '请填写电话号码', en: 'a phone number is required' },
  CHARACTERS: {
    zh: '电话号码只能包含数字、区号连字符和分机号',
    en: 'a phone number consists of digits, a dash after the area code and an extension',
  },
  AREA_CODE_MISSING: {
    zh: '固定电话请加区号，例如 0371-60000000',
    en: 'a landline needs its area code, for example 0371-60000000',
  },
  NOT_A_NUMBER_IN_USE: {
    zh: '不是有效的号码：手机号为11位、以13–19开头，固定电话为区号加7至8位',
    en: 'no such number: a mobile has 11 digits and begins with 13 to 19, a landline is area code plus 7 or 8 digits',
  },
}

const MOBILE = /^1[3-9]\d{9}$/
// Area codes: 010 and 02x have three digits, all others four (0371); local numbers never begin with 0 or 1.
const LANDLINE = /^(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})$/
const EXTENSION = /(?:转|分机|EXT\.?|X|#)(\d{1,6})$/

/** Reads a phone number of mainland China as typed: full-width digits, blanks, dashes, +86 and an extension. */
export function readPhone(text: string): Phone {
  const typed = splitDashedExtension(text.normalize('NFKC').trim())
  const compact = halfWidth(typed).replace(/[()]/g, '')
  if (compact === '') return { ok: false, fault: 'EMPTY' }
  const extension = EXTENSION.exec(compact)
  const digits = (extension ? compact.slice(0, extension.index) : compact).replace(/^(\+|00)86/, '')
  if (!/^\d+$/.test(digits)) return { ok: false, fault: 'CHARACTERS' }

  if (MOBILE.test(digits) && !extension) return { ok: true, kind: 'MOBILE', number: digits, extension: null }
  const landline = LANDLINE.exec(digits) ?? LANDLINE.exec(`0${digits}`)
  const isWritten = digits.startsWith('0') || /^\s*(\+|00)86/.test(typed)
  if (landline && isWritten) {
    const number = `${landline[1]}-${landline[2]}`
    return { ok: true, kind: 'LANDLINE', number, extension: extension?.[1] ?? null }
  }
  if (/^[2-9]\d{6,7}$/.test(digits)) return { ok: false, fault: 'AREA_CODE_MISSING' }
  return { ok: false, fault: 'NOT_A_NUMBER_IN_USE' }
}

/** The last four digits of the number itself, without an extension: what a receipt code asks for as a proof. */
export function lastFourDigits(phone: { number: string }): string {
  return phone.number.slice(-4)
}

// `0371-60000000-801`: a third group is an extension and would otherwise melt into the number.
function splitDashedExtension(text: string): string {
  return text.replace(/^((?:\+|00)?(?:86)?[\s-]*0\d{2,3}\s*-\s*\d{7,8})\s*-\s*(\d{1,6})$/, '$1转$2')
}
