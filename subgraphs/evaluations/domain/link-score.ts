/** What is compared of an unlinked rating and a case that it may belong to. */
export type LinkClues = {
  /** The rater left the phone of this case's applicant. */
  isPhoneEqual: boolean
  isSameStaffMember: boolean
  isSameWindow: boolean
  /** From closing to rating; negative when the case was closed afterwards. */
  minutesAfterClosing: number
}

/** How much speaks for a link (补关联), 0 to 100, and why. */
export type LinkScore = { score: number; reasons: { zh: string; en: string }[] }

// A phone is evidence; person, window and time only make likely, and together weigh as much.
const PHONE = 50
const STAFF_MEMBER = 20
const WINDOW = 10
const HOUR = 60
const DAY = 24 * HOUR
/** Points by the minutes between closing and rating. */
const CLOSENESS: readonly (readonly [minutes: number, points: number])[] = [
  [30, 20],
  [2 * HOUR, 15],
  [DAY, 10],
  [3 * DAY, 5],
]

/** Days before a rating within which a case was closed that it may belong to; the days of a late rating. */
export const DAYS_BEFORE_RATING = 30
/** Hours after it: a clerk often closes the case when the person has gone. */
export const HOURS_AFTER_RATING = 24

/** Weighs what speaks for a case; the strongest reason first. */
export function linkScore({
  isPhoneEqual,
  isSameStaffMember,
  isSameWindow,
  minutesAfterClosing,
}: LinkClues): LinkScore {
  const points = CLOSENESS.find(([minutes]) => Math.abs(minutesAfterClosing) <= minutes)?.[1] ?? 0
  const reasons = [timeReason(minutesAfterClosing)]
  let score = points
  if (isSameWindow) {
    score += WINDOW
    reasons.unshift({ zh: '同一窗口', en: 'same window' })
  }
  if (isSameStaffMember) {
    score += STAFF_MEMBER
    reasons.unshift({ zh: '同一工作人员', en: 'same member of staff' })
  }
  if (isPhoneEqual) {
    score += PHONE
    reasons.unshift({ zh: '联系电话一致', en: 'same contact phone' })
  }
  return { score, reasons }
}

function timeReason(minutes: number): { zh: string; en: string } {
  const { zh, en } = span(Math.abs(minutes))
  return minutes < 0
    ? { zh: `办结前 ${zh}`, en: `${en} before closing` }
    : { zh: `办结后 ${zh}`, en: `${en} after closing` }
}

function span(minutes: number): { zh: string; en: string } {
  if (minutes < 2 * HOUR) return { zh: `${minutes} 分钟`, en: `${minutes} min` }
  if (minutes < 2 * DAY) return { zh: `${Math.floor(minutes / HOUR)} 小时`, en: `${Math.floor(minutes / HOUR)} h` }
  return { zh: `${Math.floor(minutes / DAY)} 天`, en: `${Math.floor(minutes / DAY)} days` }
}
