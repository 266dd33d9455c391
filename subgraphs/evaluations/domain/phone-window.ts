import { CalendarYearMissing, type WorkCalendar } from '../../shared/clock/calendar.ts'
import { computeDeadline } from '../../shared/clock/deadline.ts'
import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'

/** No window is longer, whatever holidays lie in it: cases closed before are not even looked at. */
export const LONGEST_WINDOW_MS = 40 * 86_400_000

/**
 * Until when a closed case may be rated by telephone (电话评价期限): 24:00 Shanghai on the last working day of its policy's window. Null while
 * the official arrangement of a year in it is missing: then it cannot be over yet as far as anyone knows.
 */
export function phoneWindowEndsAt(
  closedAt: Date,
  policy: Pick<JurisdictionPolicy, 'invitationWindow'>,
  calendar: WorkCalendar,
): Date | null {
  try {
    return computeDeadline(policy.invitationWindow.value, closedAt, calendar).dueAt
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

/** The last Shanghai day `YYYY-MM-DD` of a window; null while its end is not known. */
export function lastDayOf(endsAt: Date | null): string | null {
  return endsAt && shanghaiDay(new Date(endsAt.getTime() - 1))
}
