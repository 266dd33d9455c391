import type { ArrangedDay } from '../../shared/clock/calendar-year.ts'
import { isRealDate } from '../../shared/clock/shanghai-day.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import type { Viewer } from '../../shared/viewer.ts'

/** A year's arrangement as it is handed in: the input `SaveCalendarYearInput` of the graph. */
export type CalendarYearInput = {
  year: number
  source: string
  days: { day: string; isWorkday: boolean; name: string; nameEnglish?: string | null }[]
}

const FIRST_YEAR = 1992
const LAST_YEAR = 2099
const LONGEST_NAME = 50
const LONGEST_SOURCE = 200
const MOST_DAYS = 100
/** Holidays whose dates never move: an arrangement without them is half of one. */
const FIXED_HOLIDAYS = ['01-01', '05-01', '10-01', '10-02', '10-03']

/** Who may enter the official calendar (维护工作日历): the provincial bureau, whose clocks everyone's are. */
export function mayKeepCalendar({ kind, role }: Pick<Viewer, 'kind' | 'role'>): boolean {
  return kind === 'STAFF' && role === 'PROVINCIAL_BUREAU'
}

/** Judges every day of an arrangement (放假安排), so that whoever corrects it does so once. */
export function judgeCalendarYear(
  input: CalendarYearInput,
): { arrangement: { year: number; source: string; days: ArrangedDay[] } } | { problems: InputProblem[] } {
  const { year, days } = input
  const source = input.source.trim()
  const problems: InputProblem[] = []
  const refuse = (path: string, code: string, message: string, english: string) =>
    problems.push(inputProblem(path, code, message, english))
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    refuse('year', 'YEAR_OUT_OF_RANGE', '年份应在 1992 与 2099 之间', 'must lie between 1992 and 2099')
  }
  if (source === '' || [...source].length > LONGEST_SOURCE) {
    refuse(
      'source',
      'SOURCE_MISSING',
      '须注明依据的文件，最多200字',
      'names the notice it rests on, at most 200 characters',
    )
  }
  if (days.length > MOST_DAYS) {
    refuse(
      'days',
      'TOO_MANY_DAYS',
      `只填放假日和调休上班日，最多${MOST_DAYS}天`,
      `holidays and make-up days only, at most ${MOST_DAYS}`,
    )
  }
  const seen = new Set<string>()
  const judged = days.map(({ day, isWorkday, name, nameEnglish }, index) => {
    const path = `days.${index}`
    const [, ownYear, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
    if (!ownYear || !isRealDate(Number(ownYear), Number(month), Number(date))) {
      refuse(
        `${path}.day`,
        'DATE_NOT_REAL',
        '日期不存在，应形如 2027-01-01',
        'no such date; accepted is for example 2027-01-01',
      )
    } else if (Number(ownYear) !== year) {
      refuse(`${path}.day`, 'DAY_OF_ANOTHER_YEAR', `该日不在 ${year} 年内`, `does not lie in ${year}`)
    }
    if (seen.has(day)) refuse(`${path}.day`, 'DAY_TWICE', '该日重复', 'stands here twice')
    seen.add(day)
    const zh = name.trim()
    if (zh === '' || [...zh].length > LONGEST_NAME) {
      refuse(
        `${path}.name`,
        'NAME_MISSING',
        '须写明节日或调休的名称，最多50字',
        'names the holiday, at most 50 characters',
      )
    }
    return { day, isWorkday, name: { zh, en: nameEnglish?.trim() || zh } }
  })
  const holidays = new Set(judged.flatMap(({ day, isWorkday }) => (isWorkday ? [] : [day])))
  const missing = FIXED_HOLIDAYS.map(day => `${year}-${day}`).filter(day => !holidays.has(day))
  if (missing.length > 0) {
    refuse(
      'days',
      'HOLIDAY_MISSING',
      `缺少法定放假日：${missing.join('、')}`,
      `statutory holidays are missing: ${missing.join(', ')}`,
    )
  }
  return problems.length > 0 ? { problems } : { arrangement: { year, source, days: judged } }
}
