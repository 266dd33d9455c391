import { halfWidth } from './half-width.ts'

/** Kind under which the last four digits of an applicant's phone are hashed: cases stores the hash, evaluations compares it. */
export const phoneLastFourKind = 'phone-last-four'

/** The four digits as typed, full-width ones too; null when it is anything else. */
export function readPhoneLastFour(text: string): string | null {
  const digits = halfWidth(text)
  return /^\d{4}$/.test(digits) ? digits : null
}
