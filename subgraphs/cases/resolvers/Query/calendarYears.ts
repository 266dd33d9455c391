import { shanghaiDay } from '../../../shared/clock/shanghai-day.ts'
import { readCalendarYears } from '../../actions/keep-calendar.ts'
import type { CasesContext } from '../../context.ts'
import { overdueCalendarYears } from '../../domain/calendar-alarm.ts'
import { calendarYearShown, emptyCalendarYear } from '../calendar-year.ts'

/** Every year with an arrangement, and this and the next one where they have none. */
export async function calendarYears(_: unknown, __: unknown, { database, now }: CasesContext) {
  const kept = await readCalendarYears(database)
  const known = new Set(kept.map(({ year }) => year))
  const overdue = overdueCalendarYears(known, now())
  const thisYear = Number(shanghaiDay(now()).slice(0, 4))
  const empty = [thisYear, thisYear + 1].filter(year => !known.has(year))
  const shown = [...kept.map(calendarYearShown), ...empty.map(year => emptyCalendarYear(year, overdue.includes(year)))]
  return shown.sort((a, b) => a.year - b.year)
}
