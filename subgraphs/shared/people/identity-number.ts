import { isRealDate, shanghaiDay } from '../clock/shanghai-day.ts'
import { halfWidth } from './half-width.ts'

/** Why a text is no identity number (身份证号). */
export type IdentityNumberFault = 'LENGTH' | 'CHARACTERS' | 'REGION' | 'BIRTH_DATE' | 'CHECK_DIGIT'

/** `number` always has 18 characters; a number of the old 15 digits gets its century and check character. */
export type IdentityNumber = { ok: true; number: string } | { ok: false; fault: IdentityNumberFault }

/** What each fault says to the person at the keyboard. */
export const identityNumberFaults: Readonly<Record<IdentityNumberFault, { zh: string; en: string }>> = {
  LENGTH: {
    zh: '身份证号应为18位（或旧式15位）',
    en: 'an identity number has 18 characters (or 15 in the old form)',
  },
  CHARACTERS: {
    zh: '身份证号只能由数字组成，末位可为X',
    en: 'an identity number consists of digits; the last of 18 may be X',
  },
  REGION: {
    zh: '身份证号前两位不是省级行政区划代码',
    en: 'the first two digits are not the code of a province',
  },
  BIRTH_DATE: {
    zh: '身份证号中的出生日期不存在或在今天之后',
    en: 'the date of birth in the number does not exist or lies in the future',
  },
  CHECK_DIGIT: {
    zh: '身份证号校验位不符，请核对是否输错',
    en: 'the check character does not fit: one of the characters is mistyped',
  },
}

// GB/T 2260 provinces; 81–83 are residence permits of Hong Kong, Macao and Taiwan residents, 9x of foreign residents.
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/

// GB 11643-1999 (ISO 7064 MOD 11-2): weight 2^(18-i) mod 11 of the i-th digit, and the character of each remainder.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

/**
 * Reads an identity number (GB 11643, MOD 11-2) as typed: full-width digits, blanks and a small x are accepted.
 * A birth date after `now` is a fault.
 */
export function readIdentityNumber(text: string, now: Date): IdentityNumber {
  const typed = halfWidth(text)
  if (typed.length !== 18 && typed.length !== 15) return { ok: false, fault: 'LENGTH' }
  if (!/^(\d{15}|\d{17}[\dX])$/.test(typed)) return { ok: false, fault: 'CHARACTERS' }
  if (!PROVINCE.test(typed)) return { ok: false, fault: 'REGION' }

  const body = typed.length === 15 ? `${typed.slice(0, 6)}19${typed.slice(6)}` : typed.slice(0, 17)
  const [year, month, day] = [body.slice(6, 10), body.slice(10, 12), body.slice(12, 14)]
  const born = `${year}-${month}-${day}`
  if (!isRealDate(Number(year), Number(month), Number(day)) || born < '1850-01-01' || born > shanghaiDay(now)) {
    return { ok: false, fault: 'BIRTH_DATE' }
  }

  const number = body + identityCheckCharacter(body)
  if (typed.length === 18 && typed !== number) return { ok: false, fault: 'CHECK_DIGIT' }
  return { ok: true, number }
}

/** The 18th character of an identity number from its first 17 digits. */
export function identityCheckCharacter(seventeenDigits: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(seventeenDigits[i]), 0)
  return CHECK_CHARACTERS[sum % 11]!
}
