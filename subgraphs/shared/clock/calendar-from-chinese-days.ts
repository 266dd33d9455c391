// The package's functions read a day in the machine's own zone (west of Greenwich every holiday moves by one day,
// measured under TZ=America/New_York), so only its data file is used here.
import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { type CalendarDay, CalendarYearMissing } from './calendar.ts'
import { addDays, weekdayOf } from './shanghai-day.ts'

const holidays: Readonly<Record<string, string>> = chineseDays.holidays
const makeUpDays: Readonly<Record<string, string>> = chineseDays.workdays

const WEEKDAYS = [
  { zh: '周日', en: 'Sunday' },
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
] as const

/** The years whose official arrangement the package carries, ascending. */
export function yearsInChineseDays(): number[] {
  // A year counts only with its own National Day: 31 December may belong to next year's New Year arrangement.
  return Object.keys(holidays)
    .filter(day => day.endsWith('-10-01'))
    .map(day => Number(day.slice(0, 4)))
    .sort((a, b) => a - b)
}

/**
 * Every day of the given years with its kind and name: the seed of the calendar table.
 * Throws CalendarYearMissing for a year whose arrangement (国务院办公厅节假日安排) the package does not carry.
 */
export function calendarDaysFromChineseDays(years: readonly number[]): CalendarDay[] {
  const covered = new Set(yearsInChineseDays())
  return years.flatMap(year => {
    if (!covered.has(year)) throw new CalendarYearMissing(`${year}-01-01`)
    return daysOfYear(year).map(describe)
  })
}

function daysOfYear(year: number): string[] {
  const days: string[] = []
  for (let day = `${year}-01-01`; day.startsWith(`${year}-`); day = addDays(day, 1)) days.push(day)
  return days
}

function describe(day: string): CalendarDay {
  const makeUp = makeUpDays[day]
  if (makeUp) {
    const name = officialName(makeUp)
    return { day, kind: 'WORKDAY', name: { zh: `${name.zh}调休上班`, en: `make-up working day for ${name.en}` } }
  }
  const holiday = holidays[day]
  if (holiday) return { day, kind: 'HOLIDAY', name: officialName(holiday) }
  const weekday = weekdayOf(day)
  return { day, kind: weekday === 0 || weekday === 6 ? 'HOLIDAY' : 'WORKDAY', name: { ...WEEKDAYS[weekday]! } }
}

// The data reads "Labour Day,劳动节,2": English, Chinese, number of statutory days.
function officialName(text: string): { zh: string; en: string } {
  const [en = '', zh = ''] = text.split(',')
  return { zh, en }
}
