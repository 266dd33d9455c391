import { recordEvents } from '../../../db/outbox.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { standing } from '../domain/evaluation-validity.ts'
import { answersForItself, mayDecideIntegrity } from '../domain/integrity-permission.ts'
import { problem } from '../domain/problem.ts'
import { reasonProblems } from '../domain/static-code-request.ts'
import { evaluationRevalidated } from '../events.ts'
import { insertRevocations, judgedRatings, lockValidity, validityDecisions } from '../store/evaluation-invalidations.ts'
import { evaluationsById, type KeptEvaluation } from '../store/evaluation-queries.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'

/**
 * Takes back what a confirmed signal said about a rating (撤销无效认定): a later row with a reason revokes it, the history stays. What verification
 * or an appeal decided is not touched; the rating is valid again once nothing else stands against it.
 */
export async function revalidateEvaluation(
  { evaluationId, reason }: { evaluationId: string; reason: string },
  { viewer, database, now }: EvaluationsContext,
): Promise<KeptEvaluation | Refused<'NotPermitted' | 'EvaluationNotFound'> | InvalidInput> {
  if (!mayDecideIntegrity(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const faults = reasonProblems(reason, 2)
  if (faults.length > 0) return invalidInput(faults)
  if (!isId(evaluationId)) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
  const act = { at: now(), byId: viewer.id, byName: viewer.name, reason: reason.trim() }
  return database.inScope(viewer.scope, async tx => {
    const [rating] = await judgedRatings(tx, [evaluationId])
    if (!rating) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
    if (answersForItself(viewer, rating.subjectKind)) return refused('NotPermitted', 'NOT_PERMITTED')
    await lockValidity(tx, [rating.id])
    const against = standing(await validityDecisions(tx, [rating.id]))
    const revocable = against.filter(({ source }) => source === 'INTEGRITY_SIGNAL')
    if (revocable.length === 0) return invalidInput([notInvalid()])
    const revocations = await insertRevocations(tx, revocable, act)
    if (revocable.length === against.length) {
      const { sourceId } = revocable[0]!
      const said = { at: act.at, source: 'INTEGRITY_SIGNAL', sourceId } as const
      await recordEvents(tx, 'evaluations', [evaluationRevalidated(rating, revocations[0]!.id, said)])
    }
    return (await evaluationsById(tx, [rating.id]))[0]!
  })
}

function notInvalid() {
  const en = 'no confirmed signal stands against this rating'
  return problem('evaluationId', 'NOT_INVALID', '该评价没有因异常线索被认定无效', en)
}
