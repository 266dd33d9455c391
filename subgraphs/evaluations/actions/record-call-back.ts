import { recordEvents } from '../../../db/outbox.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { type CallBackDraft, isMismatch, problemsOfCallBack } from '../domain/call-back.ts'
import { mayCallBack } from '../domain/phone-permission.ts'
import { callBackMismatch } from '../events.ts'
import { type CallBack, callBackById, keepCallBack, lockCallBack } from '../store/call-backs.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'

/**
 * Keeps what a person said who was called back (登记回访结果). What differs from the record is announced, so that somebody looks into it. Nobody
 * checks a rating that he took himself. A later call replaces what an earlier one found; both are kept.
 */
export async function recordCallBack(
  { evaluationId, ...draft }: CallBackDraft & { evaluationId: string },
  { viewer, database, now }: EvaluationsContext,
): Promise<CallBack | InvalidInput | Refused<'NotPermitted' | 'EvaluationNotFound'>> {
  if (!mayCallBack(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  if (!isId(evaluationId)) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
  const at = now()
  return database.inScope(viewer.scope, async tx => {
    await lockCallBack(tx, evaluationId)
    const callBack = await callBackById(tx, evaluationId)
    if (!callBack) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
    if (callBack.operatorId === viewer.id) return refused('NotPermitted', 'NOT_PERMITTED')
    const problems = problemsOfCallBack(draft, callBack.level)
    if (problems.length > 0) return invalidInput(problems)
    await keepCallBack(tx, evaluationId, draft, { caller: viewer, at })
    const { result, statedLevel } = draft
    if (isMismatch(result)) {
      await recordEvents(tx, 'evaluations', [callBackMismatch(callBack, { result, statedLevel }, at)])
    }
    return (await callBackById(tx, evaluationId))!
  })
}
