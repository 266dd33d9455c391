import { addDays, shanghaiDay, startOfShanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { Transaction } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { EvaluationsContext } from '../context.ts'
import { deviceRatingsSince, manualWakesSince } from '../store/device-counts.ts'
import { missingOfDevice } from '../store/device-gaps.ts'

type Reference = { id: string }

export const Device = {
  __resolveReference: ({ id }: Reference) => ({ id }),

  missingCounters: ({ id }: Reference, _: unknown, context: EvaluationsContext) =>
    ifVisible(id, context, tx => missingOfDevice(tx, id)),

  manualWakeCount: ({ id }: Reference, { days }: { days: number }, context: EvaluationsContext) =>
    ifVisible(id, context, tx => manualWakesSince(tx, id, daysBack(days, context.now()))),

  evaluationCount: ({ id }: Reference, { days }: { days: number }, context: EvaluationsContext) =>
    ifVisible(id, context, tx => deviceRatingsSince(tx, id, daysBack(days, context.now()))),
}

/** Null where the viewer's scope does not cover the device's window. */
async function ifVisible<T>(id: string, context: EvaluationsContext, read: (tx: Transaction) => Promise<T>) {
  if (!(await context.visibleDevices.load(id))) return null
  return context.database.inScope(context.viewer.scope, read)
}

/** The beginning of the first of so many Shanghai days, today being the last. */
function daysBack(days: number, now: Date): Date {
  if (days < 1 || days > 366) throw graphError('BAD_USER_INPUT', { fact: `days 1–366: ${days}` })
  return startOfShanghaiDay(addDays(shanghaiDay(now), 1 - days))
}
