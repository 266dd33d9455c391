import { endOfShanghaiDay, shanghaiDay, startOfShanghaiDay } from './shanghai-day.ts'

/** Hours of the day in Shanghai in which nobody is written to (免打扰时段), 0–24, e.g. from 21 until 8; equal hours mean none. */
export type QuietHours = { quietFromHour: number; quietUntilHour: number }

const HOUR_MS = 3_600_000

/** The first moment from `at` on at which people may be written to: `at` itself, or the end of the quiet hours that it falls into. */
export function afterQuietHours(at: Date, { quietFromHour, quietUntilHour }: QuietHours): Date {
  const day = shanghaiDay(at)
  const hourOf = (hour: number) => new Date(startOfShanghaiDay(day).getTime() + hour * HOUR_MS)
  const [from, until] = [hourOf(quietFromHour), hourOf(quietUntilHour)]
  if (quietFromHour <= quietUntilHour) return at >= from && at < until ? until : at
  if (at < until) return until
  return at < from ? at : new Date(endOfShanghaiDay(day).getTime() + quietUntilHour * HOUR_MS)
}

/** The first moment that is outside the quiet hours of all these rules. */
export function afterQuietHoursOfAll(at: Date, rules: readonly QuietHours[]): Date {
  const later = rules.reduce(afterQuietHours, at)
  return later.getTime() === at.getTime() ? at : afterQuietHoursOfAll(later, rules)
}
