import type { Database } from '../../shared/database.ts'
import { overdueCalendarYears } from '../domain/calendar-alarm.ts'
import { readCalendarYears } from './keep-calendar.ts'

const PAUSE_MS = 6 * 3_600_000

/** Says so in the log, four times a day until it is mended, when a year's arrangement is missing that clocks need (缺少放假安排告警). */
export function watchCalendar(options: { database: Database; now: () => Date; log: (line: string) => void }) {
  const { database, now, log } = options
  const look = async () => {
    const years = new Set((await readCalendarYears(database)).map(({ year }) => year))
    for (const year of overdueCalendarYears(years, now())) {
      log(
        `缺少 ${year} 年放假安排，涉及该年的工作日时限无法计算。 The arrangement of ${year} is missing: limits in working days wait for it.`,
      )
    }
  }
  const attempt = () => look().catch(error => log(`watch of the calendar: ${(error as Error).message}`))
  let looking = attempt()
  const timer = setInterval(() => {
    looking = attempt()
  }, PAUSE_MS)
  return {
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
