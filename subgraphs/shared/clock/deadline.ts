import { calendarDay, type WorkCalendar } from './calendar.ts'
import { addDays, endOfShanghaiDay, shanghaiDay } from './shanghai-day.ts'

/** HOURS run exactly, weekends included; NATURAL_DAYS 自然日; WORKING_DAYS 工作日 by the official calendar. */
export type LimitUnit = 'HOURS' | 'NATURAL_DAYS' | 'WORKING_DAYS'

/** A time limit (时限) as policies state it. Day limits may be 0: within the same day (当日). */
export type LimitRule = { amount: number; unit: LimitUnit }

/** One line of the computation: a Shanghai day, whether it was counted, and why. */
export type DayStep = { day: string; counted: boolean; why: { zh: string; en: string } }

/** The limit has passed once now ≥ dueAt. */
export type Deadline = { dueAt: Date; explanation: DayStep[] }

const SECOND_MS = 1000
const HOUR_MS = 3_600_000

/**
 * When a limit that starts at `start` ends, and how that was counted, day by day, for a screen to show.
 * Hours run exactly. Day limits end at 24:00 Shanghai on day N; day 1 is the day after the start. Working days skip
 * holidays and count make-up Saturdays and Sundays. N = 0 ends with the day of the start, or with the first working
 * day after it where that day is none and working days are asked for.
 * Throws CalendarYearMissing when working days run into a year without a calendar, RangeError for a senseless amount.
 */
export function computeDeadline(rule: LimitRule, start: Date, calendar: WorkCalendar): Deadline {
  const least = rule.unit === 'HOURS' ? 1 : 0
  if (!Number.isSafeInteger(rule.amount) || rule.amount < least || Number.isNaN(start.getTime())) {
    throw new RangeError(`a limit of ${rule.amount} ${rule.unit} from ${String(start)} cannot be computed`)
  }
  if (rule.unit === 'HOURS') return inHours(rule.amount, start)
  if (rule.unit === 'NATURAL_DAYS') return inDays(rule.amount, start, naturalDay)
  return inDays(rule.amount, start, day => workingDay(calendar, day))
}

/** 24:00 Shanghai on the given natural day after the start; needs no calendar. */
export function endOfNaturalDays(days: number, start: Date): Date {
  return endOfShanghaiDay(addDays(shanghaiDay(start), days))
}

/** The end of a limit in hours, which runs without a break, with the hours that fell on each day. */
export function inHours(hours: number, start: Date): Deadline {
  const dueAt = new Date(start.getTime() + hours * HOUR_MS)
  const explanation: DayStep[] = []
  for (let from = start; from < dueAt; ) {
    const day = shanghaiDay(from)
    const to = new Date(Math.min(endOfShanghaiDay(day).getTime(), dueAt.getTime()))
    explanation.push({ day, counted: true, why: spanOf(wholeSecond(to) - wholeSecond(from)) })
    from = to
  }
  return { dueAt, explanation }
}

/** Instants are cut to the second as screens show them, not the spans between them: so the days of 24 hours add up to 24 hours. */
const wholeSecond = (at: Date) => Math.floor(at.getTime() / SECOND_MS)

function spanOf(seconds: number): DayStep['why'] {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return { zh: `连续计时，计入${h}小时${m}分${s}秒`, en: `runs without a break: ${h} h ${m} min ${s} s counted` }
}

type CountedDay = { counts: boolean; name: DayStep['why'] }
type Counting = (day: string) => CountedDay

function naturalDay(): CountedDay {
  return { counts: true, name: { zh: '自然日', en: 'natural day' } }
}

function workingDay(calendar: WorkCalendar, day: string): CountedDay {
  const { kind, name } = calendarDay(calendar, day)
  return { counts: kind === 'WORKDAY', name }
}

function inDays(amount: number, start: Date, counting: Counting): Deadline {
  if (amount === 0) return withinTheDay(start, counting)
  let day = shanghaiDay(start)
  const explanation: DayStep[] = [{ day, counted: false, why: NOT_COUNTED }]
  for (let counted = 0; counted < amount; ) {
    day = addDays(day, 1)
    const { counts, name } = counting(day)
    if (counts) counted += 1
    explanation.push({ day, counted: counts, why: counts ? numbered(name, counted) : skipped(name) })
  }
  return { dueAt: endOfShanghaiDay(day), explanation }
}

function withinTheDay(start: Date, counting: Counting): Deadline {
  const explanation: DayStep[] = []
  for (let day = shanghaiDay(start); ; day = addDays(day, 1)) {
    const { counts, name } = counting(day)
    explanation.push({ day, counted: counts, why: counts ? SAME_DAY : skipped(name) })
    if (counts) return { dueAt: endOfShanghaiDay(day), explanation }
  }
}

const NOT_COUNTED = { zh: '起算当日不计', en: 'the day of the start is not counted' }
const SAME_DAY = { zh: '当日24时截止', en: 'ends at 24:00 of this day' }

function numbered(name: DayStep['why'], ordinal: number): DayStep['why'] {
  return { zh: `${name.zh}，第${ordinal}日`, en: `${name.en}, day ${ordinal}` }
}

function skipped(name: DayStep['why']): DayStep['why'] {
  return { zh: `${name.zh}，不计`, en: `${name.en}, not counted` }
}
