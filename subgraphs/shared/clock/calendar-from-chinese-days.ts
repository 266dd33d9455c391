// The package's functions read a day in the machine's own zone (west of Greenwich every holiday moves by one day,
// measured under TZ=America/New_York), so only its data file is used here.
import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { type CalendarDay, CalendarYearMissing } from './calendar.ts'
import { type ArrangedDay, daysOfArrangement, daysOfYear } from './calendar-year.ts'

const holidays: Readonly<Record<string, string>> = chineseDays.holidays
const makeUpDays: Readonly<Record<string, string>> = chineseDays.workdays

/** The years whose official arrangement the package carries, ascending. */
export function yearsInChineseDays(): number[] {
  // A year counts only with its own National Day: 31 December may belong to next year's New Year arrangement.
  return Object.keys(holidays)
    .filter(day => day.endsWith('-10-01'))
    .map(day => Number(day.slice(0, 4)))
    .sort((a, b) => a - b)
}

/**
 * Every day of the given years with its kind and name.
 * Throws CalendarYearMissing for a year whose arrangement (国务院办公厅节假日安排) the package does not carry.
 */
export function calendarDaysFromChineseDays(years: readonly number[]): CalendarDay[] {
  return years.flatMap(year => daysOfArrangement(year, arrangementFromChineseDays(year)))
}

/** What the official arrangement of a year names: the seed of the calendar table. Throws CalendarYearMissing. */
export function arrangementFromChineseDays(year: number): ArrangedDay[] {
  if (!yearsInChineseDays().includes(year)) throw new CalendarYearMissing(`${year}-01-01`)
  return daysOfYear(year).flatMap(day => arranged(day) ?? [])
}

function arranged(day: string): ArrangedDay | undefined {
  const makeUp = makeUpDays[day]
  if (makeUp) {
    const name = officialName(makeUp)
    return { day, isWorkday: true, name: { zh: `${name.zh}调休上班`, en: `make-up working day for ${name.en}` } }
  }
  const holiday = holidays[day]
  return holiday ? { day, isWorkday: false, name: officialName(holiday) } : undefined
}

// The data reads "Labour Day,劳动节,2": English, Chinese, number of statutory days.
function officialName(text: string): { zh: string; en: string } {
  const [en = '', zh = ''] = text.split(',')
  return { zh, en }
}
