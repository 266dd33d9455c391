import { recordEvents } from '../../../db/outbox.ts'
import type { Transaction } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import type { EvaluationsContext } from '../context.ts'
import { answersForItself, mayDecideIntegrity, mayInvalidate } from '../domain/integrity-permission.ts'
import type { IntegritySignal } from '../domain/integrity-signal.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { type Problem, problem } from '../domain/problem.ts'
import { reasonProblems } from '../domain/static-code-request.ts'
import { evaluationInvalidated } from '../events.ts'
import {
  insertInvalidations,
  type JudgedRating,
  judgedRatings,
  lockValidity,
} from '../store/evaluation-invalidations.ts'
import { allEvidence, closeSignal, signalById } from '../store/integrity-signals.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'

export type IntegrityDecision = {
  id: string
  isConfirmed: boolean
  reason: string
  /** Which of its ratings become invalid; null for all. */
  evaluationIds: string[] | null
}

type DecisionRefused = Refused<'NotPermitted' | 'IntegritySignalNotFound'> | InvalidInput

/**
 * A person decides about a signal (认定异常评价线索). Confirmed, the ratings that he names become visibly invalid; they stay listed, with his
 * reason. Dismissed, they are suspected no more. The same decision again changes nothing.
 */
export async function decideIntegritySignal(
  { id, isConfirmed, reason, evaluationIds }: IntegrityDecision,
  { viewer, database, now }: EvaluationsContext,
): Promise<IntegritySignal | DecisionRefused> {
  if (!mayDecideIntegrity(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const faults = reasonProblems(reason, 2)
  if (!isConfirmed && evaluationIds !== null) faults.push(nothingToName())
  if (faults.length > 0) return invalidInput(faults)
  if (!isId(id)) return refused('IntegritySignalNotFound', 'INTEGRITY_SIGNAL_UNKNOWN')
  const at = now()
  const act = { at, byId: viewer.id, byName: viewer.name, reason: reason.trim() }
  const state = isConfirmed ? 'CONFIRMED' : 'DISMISSED'
  return database.inScope(viewer.scope, async tx => {
    const signal = await signalById(tx, id, { isLocked: true })
    if (!signal) return refused('IntegritySignalNotFound', 'INTEGRITY_SIGNAL_UNKNOWN')
    if (signal.state !== 'OPEN') return signal.state === state ? signal : invalidInput([decidedBefore()])
    const evidence = await judgedRatings(tx, await allEvidence(tx, id))
    if (evidence.some(({ subjectKind }) => answersForItself(viewer, subjectKind))) {
      return refused('NotPermitted', 'NOT_PERMITTED')
    }
    if (isConfirmed) {
      const named = nameRatings(evidence, evaluationIds, viewer, at)
      if ('problems' in named) return invalidInput(named.problems)
      await invalidate(tx, named.ratings, { ...act, source: 'INTEGRITY_SIGNAL', sourceId: id })
    }
    await closeSignal(tx, id, { state, ...act })
    return (await signalById(tx, id))!
  })
}

async function invalidate(tx: Transaction, ratings: JudgedRating[], act: Parameters<typeof insertInvalidations>[2]) {
  await lockValidity(
    tx,
    ratings.map(({ id }) => id),
  )
  const written = await insertInvalidations(tx, ratings, act)
  const ratingOf = new Map(ratings.map(rating => [rating.id, rating]))
  const events = written.map(decision => evaluationInvalidated(ratingOf.get(decision.evaluationId)!, decision.id, act))
  await recordEvents(tx, 'evaluations', events)
}

/** The ratings that are to become invalid, or what is wrong with the list. */
function nameRatings(
  evidence: readonly JudgedRating[],
  wanted: readonly string[] | null,
  viewer: Viewer,
  at: Date,
): { ratings: JudgedRating[] } | { problems: Problem[] } {
  const byId = new Map(evidence.map(rating => [rating.id, rating]))
  const ids = wanted === null ? [...byId.keys()] : [...new Set(wanted.map(id => id.toLowerCase()))]
  const problems: Problem[] = []
  const ratings: JudgedRating[] = []
  for (const [index, id] of ids.entries()) {
    const rating = byId.get(id)
    if (!rating) problems.push(notItsEvidence(index))
    else if (!isHisToInvalidate(viewer, rating, at)) problems.push(negativeNotYours(index))
    else ratings.push(rating)
  }
  return problems.length > 0 ? { problems } : { ratings }
}

/** Where the policy of a rating is not known, the stricter rule holds. */
function isHisToInvalidate(viewer: Viewer, { level, policyId }: JudgedRating, at: Date): boolean {
  const strictest = { invalidation: { value: 'PROVINCIAL_BUREAU', source: '' } } as const
  return mayInvalidate(viewer, level, policyId === null ? strictest : policyOfCase(policyId, at))
}

function nothingToName(): Problem {
  const en = 'a dismissed signal makes no rating invalid; leave evaluationIds out'
  return problem('evaluationIds', 'NOTHING_TO_NAME', '不认定时不涉及具体评价，请勿填写', en)
}

function decidedBefore(): Problem {
  return problem('id', 'DECIDED_BEFORE', '该线索已有不同的认定结果', 'this signal was decided otherwise before')
}

function notItsEvidence(index: number): Problem {
  const en = 'this rating is no evidence of the signal'
  return problem(`evaluationIds.${index}`, 'NOT_ITS_EVIDENCE', '该评价不属于此线索', en)
}

function negativeNotYours(index: number): Problem {
  const en = 'here only the provincial bureau may declare a bad rating invalid; leave it out or hand the signal up'
  return problem(
    `evaluationIds.${index}`,
    'NEGATIVE_NOT_YOURS',
    '本地差评只能由省级主管机构认定无效，请去掉该条或报省级认定',
    en,
  )
}
