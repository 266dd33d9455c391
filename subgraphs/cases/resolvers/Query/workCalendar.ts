import type { CalendarYear } from '../../../shared/clock/calendar-year.ts'
import { graphError } from '../../../shared/graph-error.ts'
import { readCalendarYears } from '../../actions/keep-calendar.ts'
import type { CasesContext } from '../../context.ts'

/** For the other subgraphs alone. @throws NOT_PERMITTED */
export async function workCalendar(_: unknown, __: unknown, { database, viewer }: CasesContext): Promise<string> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const years = await readCalendarYears(database)
  return JSON.stringify(years.map(({ year, days }): CalendarYear => ({ year, days })))
}
