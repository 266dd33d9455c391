import type { KeptCalendarYear } from '../store/calendar-rows.ts'

/** A year of the calendar as the graph shows it (放假安排). */
export function calendarYearShown({ year, version, source, savedAt, days }: KeptCalendarYear) {
  return {
    year,
    isMissing: false,
    isComplete: true,
    source,
    version,
    savedAt,
    holidayCount: days.filter(({ isWorkday }) => !isWorkday).length,
    makeUpDayCount: days.filter(({ isWorkday }) => isWorkday).length,
    days: days.map(({ day, isWorkday, name }) => ({ day, isWorkday, name: name.zh, nameEnglish: name.en })),
  }
}

/** A year without an arrangement; missing once clocks need it. */
export function emptyCalendarYear(year: number, isMissing: boolean) {
  const nothing = { source: null, version: null, savedAt: null, holidayCount: 0, makeUpDayCount: 0, days: [] }
  return { year, isMissing, isComplete: false, ...nothing }
}
