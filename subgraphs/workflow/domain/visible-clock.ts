import { seesWhoRated, startOfHour } from '../../shared/anonymity.ts'
import { type DayStep, inHours } from '../../shared/clock/deadline.ts'
import type { Viewer } from '../../shared/viewer.ts'

const hourMilliseconds = 3_600_000

type Clock = { kind: string; startedAt: Date; dueAt: Date; explanation: DayStep[] }

/**
 * A clock as this viewer may see it. The clock of verification starts with the rating, so start, end and computation of an anonymous one
 * would tell the rated unit its minute: the unit sees the whole clock begin with the hour. It then ends early for the unit, never late;
 * whether it has passed is judged by the exact one.
 */
export function visibleClock(viewer: Viewer, clock: Clock, isAnonymous: boolean): Omit<Clock, 'kind'> {
  if (!hidesMinute(viewer, clock, isAnonymous)) return clock
  const startedAt = startOfHour(clock.startedAt)
  const hours = (clock.dueAt.getTime() - clock.startedAt.getTime()) / hourMilliseconds
  // Limits in days end at midnight and are explained by days: they tell no minute.
  return Number.isInteger(hours) && startedAt < clock.startedAt
    ? { startedAt, ...inHours(hours, startedAt) }
    : { ...clock, startedAt }
}

/** When something was said of a clock: its notices stand at whole hours from its start, so their minute is that of the rating. */
export function visibleNoticeAt(viewer: Viewer, clock: { kind: string }, isAnonymous: boolean, at: Date): Date {
  return hidesMinute(viewer, clock, isAnonymous) ? startOfHour(at) : at
}

function hidesMinute(viewer: Viewer, { kind }: { kind: string }, isAnonymous: boolean): boolean {
  return isAnonymous && kind === 'VERIFICATION' && !seesWhoRated(viewer)
}
