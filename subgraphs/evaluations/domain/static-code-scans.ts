import { isWorkday, type WorkCalendar } from '../../shared/clock/calendar.ts'
import { addDays } from '../../shared/clock/shanghai-day.ts'

/** Scans of one Shanghai day (每日扫码数). */
export type DailyScans = { day: string; scans: number }

/** So many working days must be almost silent: one may be a rainy day. */
const QUIET_DAYS = 3
/** Against so many before them, four weeks. */
const STEADY_DAYS = 20
/** Steady: on four days of five somebody scanned it. */
const LEAST_DAYS_SCANNED = 16
/** On the middle day at least so many scans; below that chance alone makes silent days. */
const LEAST_DAILY_SCANS = 5
/** Almost silent: at most a twentieth of what was to be expected. */
const QUIET_PART = 0.05

/**
 * Whether a code that was scanned steadily fell to nearly nothing (扫码骤降): it was taken down, or a look-alike is glued over it.
 * Working days alone are compared, the present one left out since it is not over; a year that the calendar lacks raises no alarm.
 *
 * @param history scans by day, days without any left out
 */
export function scanDrop(history: readonly DailyScans[], today: string, calendar: WorkCalendar): boolean {
  const days = workdaysBefore(today, QUIET_DAYS + STEADY_DAYS, calendar)
  if (days === null) return false
  const scansOf = new Map(history.map(({ day, scans }) => [day, scans]))
  const scans = days.map(day => scansOf.get(day) ?? 0)
  const steady = scans.slice(QUIET_DAYS).sort((a, b) => a - b)
  const middle = steady[STEADY_DAYS / 2]!
  if (middle < LEAST_DAILY_SCANS || steady.filter(count => count > 0).length < LEAST_DAYS_SCANNED) return false
  const quiet = scans.slice(0, QUIET_DAYS).reduce((sum, count) => sum + count, 0)
  return quiet <= QUIET_PART * QUIET_DAYS * middle
}

/** The latest first; null where the calendar does not reach. */
function workdaysBefore(today: string, count: number, calendar: WorkCalendar): string[] | null {
  const days: string[] = []
  for (let day = addDays(today, -1); days.length < count; day = addDays(day, -1)) {
    if (!calendar(day)) return null
    if (isWorkday(calendar, day)) days.push(day)
  }
  return days
}
