import type { WorkCalendar } from '../../../subgraphs/shared/clock/calendar.ts'
import { addDays, shanghaiDay, startOfShanghaiDay, weekdayOf } from '../../../subgraphs/shared/clock/shanghai-day.ts'
import type { SeededRandom } from '../seeded-random.ts'

const WEEKS_OF_HISTORY = 6

/** Shanghai days on which halls were open in the weeks before `now`, today included, the earliest first. */
export function openDays(now: Date, calendar: WorkCalendar): string[] {
  const today = shanghaiDay(now)
  const days = Array.from({ length: WEEKS_OF_HISTORY * 7 + 1 }, (_, i) => addDays(today, i - WEEKS_OF_HISTORY * 7))
  return days.filter(day => isOpen(day, calendar))
}

/** The day itself when halls are open on it, else the next on which they are. */
export function openDayFrom(day: string, calendar: WorkCalendar): string {
  return isOpen(day, calendar) ? day : openDayFrom(addDays(day, 1), calendar)
}

/** Whether halls are open on a Shanghai day; of a year whose calendar is not out yet, Monday to Friday. */
export function isOpen(day: string, calendar: WorkCalendar): boolean {
  const known = calendar(day)
  if (known) return known.kind === 'WORKDAY'
  const weekday = weekdayOf(day)
  return weekday >= 1 && weekday <= 5
}

// Office hours 9:00–12:00 and 13:30–17:00; nobody is called up in the last ten minutes.
const MORNING = { from: 9 * 60, minutes: 170 }
const AFTERNOON = { from: 13.5 * 60, minutes: 200 }

/** A moment at which somebody is served on that day. */
export function momentOfService(day: string, random: SeededRandom): Date {
  const minute = random.below(MORNING.minutes + AFTERNOON.minutes)
  const inDay = minute < MORNING.minutes ? MORNING.from + minute : AFTERNOON.from + minute - MORNING.minutes
  return new Date(startOfShanghaiDay(day).getTime() + (inDay * 60 + random.below(60)) * 1000)
}
