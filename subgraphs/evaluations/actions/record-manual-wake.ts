import { shanghaiDay, startOfShanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { newId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { codableCase } from '../store/case-code.ts'
import { keepManualWake, manualWakesSince } from '../store/device-counts.ts'
import { type Refused, refused } from './refused.ts'

/**
 * Counts that a device was woken by hand for a case of its window (手动唤起) and answers the count of today, Shanghai's day. Screens
 * open by themselves when a case closes: many wakes are a sign that only the content are asked.
 */
export async function recordManualWake(
  caseNumber: string,
  { viewer, database, now }: EvaluationsContext,
): Promise<{ countToday: number } | Refused<'CaseNotRateable' | 'NotPermitted'>> {
  if (viewer.role !== 'DEVICE') return refused('NotPermitted', 'NOT_PERMITTED')
  return database.inScope(viewer.scope, async tx => {
    const found = await codableCase(tx, caseNumber.trim(), 1)
    if (!found) return refused('CaseNotRateable', 'CASE_UNKNOWN', { caseNumber })
    const { caseId, placement } = found.serviceCase
    const wokenAt = now()
    await keepManualWake(tx, { id: newId(), deviceId: viewer.id, caseId, wokenAt, placement })
    const countToday = await manualWakesSince(tx, viewer.id, startOfShanghaiDay(shanghaiDay(wokenAt)))
    return { countToday }
  })
}
