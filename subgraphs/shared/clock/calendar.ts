/** WORKDAY 工作日 includes make-up working days (调休上班); HOLIDAY includes ordinary weekends. */
export type DayKind = 'WORKDAY' | 'HOLIDAY'

/** One day of the official calendar with the reason why it is what it is, as a screen may print it. */
export type CalendarDay = { day: string; kind: DayKind; name: { zh: string; en: string } }

/** Looks up a Shanghai day `YYYY-MM-DD`; undefined means that the calendar does not know it. */
export type WorkCalendar = (day: string) => CalendarDay | undefined

/**
 * The calendar has no entry for a day that a deadline needs. Next year's arrangement is published each November;
 * until its rows are there, a count of working days would be a guess that moves people's deadlines later.
 */
export class CalendarYearMissing extends Error {
  readonly code = 'CALENDAR_YEAR_MISSING'
  readonly year: number

  constructor(day: string) {
    const year = Number(day.slice(0, 4))
    super(
      `工作日历缺少 ${year} 年（需要 ${day}），请先导入国务院办公厅公布的 ${year} 年放假安排。` +
        ` The working-day calendar does not cover ${year} (needed: ${day}): load the official arrangement for ${year} first.`,
    )
    this.name = 'CalendarYearMissing'
    this.year = year
  }
}

/** A calendar over day rows, as they lie in the calendar table. */
export function calendarOf(days: Iterable<CalendarDay>): WorkCalendar {
  const byDay = new Map(Array.from(days, row => [row.day, row]))
  return day => byDay.get(day)
}

/** The calendar's entry for a day; throws CalendarYearMissing rather than guess one. */
export function calendarDay(calendar: WorkCalendar, day: string): CalendarDay {
  const found = calendar(day)
  if (!found) throw new CalendarYearMissing(day)
  return found
}

/** True on working days, make-up Saturdays and Sundays included; throws CalendarYearMissing. */
export function isWorkday(calendar: WorkCalendar, day: string): boolean {
  return calendarDay(calendar, day).kind === 'WORKDAY'
}

/** Those of the given years that the calendar does not cover to the last day: what the alarm lists. */
export function missingYears(calendar: WorkCalendar, years: readonly number[]): number[] {
  return years.filter(year => !calendar(`${year}-01-01`) || !calendar(`${year}-12-31`))
}
