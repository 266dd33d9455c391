import { recordEvents } from '../../../db/outbox.ts'
import type { Transaction } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { mayLinkEvaluations } from '../domain/link-permission.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { type Problem, problem } from '../domain/problem.ts'
import { problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import { reasonProblems } from '../domain/static-code-request.ts'
import { evaluationLinked } from '../events.ts'
import { evaluationsById, type KeptEvaluation } from '../store/evaluation-queries.ts'
import type { KnownCase } from '../store/known-case.ts'
import {
  insertLink,
  knownCaseById,
  type LinkableEvaluation,
  linkableEvaluation,
  type NewLink,
  takeFirstRating,
} from '../store/link-queries.ts'
import { isLinkable } from './find-link-candidates.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'

type LinkRefused =
  | Refused<'NotPermitted' | 'EvaluationNotFound' | 'CaseNotRateable' | 'AlreadyEvaluated'>
  | InvalidInput

/**
 * Ties an unlinked rating to a case (补关联): the case counts as rated from then on, the rating itself stays as it was given. Each rating
 * is tied once, each case takes one; the same link again changes nothing.
 */
export async function linkEvaluation(
  { evaluationId, caseId, reason }: { evaluationId: string; caseId: string; reason: string },
  context: EvaluationsContext,
): Promise<KeptEvaluation | LinkRefused> {
  const { viewer, database, crypto } = context
  if (!mayLinkEvaluations(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const faults = reasonProblems(reason, 2)
  if (faults.length > 0) return invalidInput(faults)
  const link: NewLink = {
    byId: viewer.id,
    byName: viewer.name,
    at: context.now(),
    reason: reason.trim(),
    receiptKeyId: crypto.receiptMac.current,
  }
  const work = (tx: Transaction) => linkWithin(tx, { evaluationId, caseId }, link)
  return database.inScope(viewer.scope, work).catch(error => {
    if (error instanceof RatedBefore) return refused('AlreadyEvaluated', 'ALREADY_EVALUATED')
    throw error
  })
}

async function linkWithin(
  tx: Transaction,
  ids: { evaluationId: string; caseId: string },
  link: NewLink,
): Promise<KeptEvaluation | LinkRefused> {
  const evaluation = isId(ids.evaluationId) ? await linkableEvaluation(tx, ids.evaluationId) : null
  if (!evaluation) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
  if (!isLinkable(evaluation)) return invalidInput([notUnlinked()])
  const serviceCase = isId(ids.caseId) ? await knownCaseById(tx, ids.caseId) : null
  if (!serviceCase) return refused('CaseNotRateable', 'CASE_UNKNOWN', { caseNumber: ids.caseId })
  const refusedCase = refusalOfCase(serviceCase, evaluation)
  if (refusedCase) return refusedCase

  const linked = await insertLink(tx, evaluation, serviceCase.caseId, link)
  if (linked.caseId !== serviceCase.caseId) return invalidInput([linkedBefore()])
  if (linked.isNew) {
    const isTaken = await takeFirstRating(tx, serviceCase, evaluation.id, link.receiptKeyId)
    if (!isTaken) throw new RatedBefore()
    await recordEvents(tx, 'evaluations', [evaluationLinked(evaluation, serviceCase, link.at)])
  }
  return (await evaluationsById(tx, [evaluation.id]))[0]!
}

/** Judged as of the rating: the late window may be over by the time somebody looks for its case. */
function refusalOfCase(serviceCase: KnownCase, { evaluatedAt }: LinkableEvaluation): Refused<'CaseNotRateable'> | null {
  const policy = policyOfCase(serviceCase.policyId, evaluatedAt)
  const rateable = rateableCase(serviceCase, false)
  const fault = problemOfCase(rateable, 1, evaluatedAt, policy)
  return fault ? { refusedAs: 'CaseNotRateable', refusal: caseRefusal(fault.code, rateable, policy) } : null
}

function notUnlinked(): Problem {
  const en = 'only first ratings of a person, a hall or the province can be tied to a case'
  return problem('evaluationId', 'NOT_UNLINKED', '只有对人员、大厅或全省的首次未关联评价可以补关联', en)
}

function linkedBefore(): Problem {
  return problem(
    'evaluationId',
    'LINKED_BEFORE',
    '该评价已关联到另一办件',
    'this rating was tied to another case before',
  )
}

/** Ends the transaction with everything that it wrote. */
class RatedBefore extends Error {}
