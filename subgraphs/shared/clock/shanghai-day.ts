// Shanghai keeps UTC+8 all year since 1992, so its days are plain arithmetic and need no zone database.
const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 24 * 3_600_000

/** The Shanghai day `YYYY-MM-DD` in which an instant lies. */
export function shanghaiDay(at: Date): string {
  return dayText(new Date(at.getTime() + SHANGHAI_OFFSET_MS))
}

/** The instant at which a Shanghai day begins (00:00). */
export function startOfShanghaiDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS)
}

/** 24:00 of a Shanghai day, which is 00:00 of the next: the first instant that no longer belongs to it. */
export function endOfShanghaiDay(day: string): Date {
  return new Date(startOfShanghaiDay(day).getTime() + DAY_MS)
}

/** The day `count` days after `day`; negative counts go back. */
export function addDays(day: string, count: number): string {
  return dayText(new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS))
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** True when year, month (1–12) and day name a day that exists; 31 February does not. */
export function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** The day part of an instant read as UTC. */
export function dayText(at: Date): string {
  return at.toISOString().slice(0, 10)
}
