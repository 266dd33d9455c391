import type { CalendarDay } from './calendar.ts'
import { addDays, weekdayOf } from './shanghai-day.ts'

/** A day that the official arrangement names (放假安排): a holiday, or a make-up working day (调休上班). */
export type ArrangedDay = { day: string; isWorkday: boolean; name: { zh: string; en: string } }

/** A year's arrangement as one subgraph hands it to another. */
export type CalendarYear = { year: number; days: ArrangedDay[] }

const WEEKDAYS = [
  { zh: '周日', en: 'Sunday' },
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
] as const

/** Every day of a year that has an arrangement: what it does not name follows the week. Never used for a year without one. */
export function daysOfArrangement(year: number, arranged: readonly ArrangedDay[]): CalendarDay[] {
  const named = new Map(arranged.map(each => [each.day, each]))
  return daysOfYear(year).map(day => {
    const found = named.get(day)
    if (found) return { day, kind: found.isWorkday ? 'WORKDAY' : 'HOLIDAY', name: found.name }
    const weekday = weekdayOf(day)
    return { day, kind: weekday === 0 || weekday === 6 ? 'HOLIDAY' : 'WORKDAY', name: { ...WEEKDAYS[weekday]! } }
  })
}

/** 365 or 366 days `YYYY-MM-DD`, ascending. */
export function daysOfYear(year: number): string[] {
  const days: string[] = []
  for (let day = `${year}-01-01`; day.startsWith(`${year}-`); day = addDays(day, 1)) days.push(day)
  return days
}
