import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'

/** The next year's arrangement is published in November: from this day on its absence is an alarm. */
const ALARM_FROM = '12-01'

/** Years from this one to the next that have no arrangement although clocks need it by now (缺少放假安排的年份). */
export function overdueCalendarYears(years: ReadonlySet<number>, now: Date): number[] {
  const today = shanghaiDay(now)
  const year = Number(today.slice(0, 4))
  const needed = today.slice(5) >= ALARM_FROM ? [year, year + 1] : [year]
  return needed.filter(each => !years.has(each))
}
