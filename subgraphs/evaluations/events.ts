import { type CallBackMismatch, callBackMismatchType } from '../shared/events/call-back-mismatch.ts'
import { type EvaluationLinked, evaluationLinkedType } from '../shared/events/evaluation-linked.ts'
import { type EvaluationSubmitted, evaluationSubmittedType } from '../shared/events/evaluation-submitted.ts'
import {
  type EvaluationValidityChanged,
  evaluationInvalidatedType,
  evaluationRevalidatedType,
} from '../shared/events/evaluation-validity.ts'
import type { NewEvent } from '../shared/events/event.ts'
import { type StaticCodesChanged, staticCodesChangedType } from '../shared/events/static-codes-changed.ts'
import { placementOf } from '../shared/placement-columns.ts'
import type { StaticCode } from './domain/static-code.ts'
import type { CallBack } from './store/call-backs.ts'
import type { JudgedRating, ValidityAct } from './store/evaluation-invalidations.ts'
import type { KnownCase } from './store/known-case.ts'
import type { LinkableEvaluation } from './store/link-queries.ts'
import type { RatingRow } from './store/rating-rows.ts'

/** A rating was committed (评价已提交): opens the negative path, moves figures. The placement is that of the rated service. */
export function evaluationSubmitted(
  row: RatingRow,
  { channel, isNegative, policyId }: Pick<EvaluationSubmitted, 'channel' | 'isNegative' | 'policyId'>,
): NewEvent<EvaluationSubmitted> {
  return {
    type: evaluationSubmittedType,
    feed: null,
    subjectId: row.id,
    occurredAt: row.evaluated_at,
    placement: placementOf(row),
    payload: {
      evaluationId: row.id,
      caseId: row.case_id,
      cityCode: row.city_code,
      score: row.level,
      isNegative,
      isAnonymous: row.is_anonymous,
      channel,
      policyId,
      matterId: row.matter_id,
      serviceNumber: row.service_number,
      round: row.round,
      evaluatedAt: row.committed_at.toISOString(),
      subjectKind: row.subject_kind,
      staticCodeId: row.static_code_id ?? null,
      isProbe: row.is_probe,
    },
  }
}

/** A static code came into use or went out of it (静态码启用、停用): how many its subject has in use now. */
export function staticCodesChanged(
  { subjectKind, subjectId, placement }: StaticCode,
  activeCount: number,
  occurredAt: Date,
): NewEvent<StaticCodesChanged> {
  const payload = { subjectKind, subjectId, activeCount }
  return { type: staticCodesChangedType, feed: null, subjectId, occurredAt, placement, payload }
}

/** An unlinked rating was tied to a case (补关联). The placement is that of the rating: who answers for it does not change. */
export function evaluationLinked(
  { id, placement }: LinkableEvaluation,
  { caseId, cityCode }: KnownCase,
  occurredAt: Date,
): NewEvent<EvaluationLinked> {
  const payload = { evaluationId: id, caseId, cityCode }
  return { type: evaluationLinkedType, feed: null, subjectId: id, occurredAt, placement, payload }
}

type ValidityChange = Pick<ValidityAct, 'source' | 'sourceId' | 'at'>

/** A rating was declared invalid (评价无效). The placement is that of the rating. */
export function evaluationInvalidated(rating: JudgedRating, invalidationId: string, act: ValidityChange) {
  return validityChanged(evaluationInvalidatedType, rating, invalidationId, act)
}

/** The last decision against a rating was revoked (撤销无效): it counts again. */
export function evaluationRevalidated(rating: JudgedRating, invalidationId: string, act: ValidityChange) {
  return validityChanged(evaluationRevalidatedType, rating, invalidationId, act)
}

function validityChanged(
  type: string,
  { id, caseId, cityCode, placement }: JudgedRating,
  invalidationId: string,
  { source, sourceId, at }: ValidityChange,
): NewEvent<EvaluationValidityChanged> {
  const payload = { evaluationId: id, caseId, cityCode, invalidationId, source, sourceId }
  return { type, feed: null, subjectId: id, occurredAt: at, placement, payload }
}

/** Who was called back says otherwise than was recorded on the phone (回访不符). The placement is that of the rating. */
export function callBackMismatch(
  { evaluationId, caseId, cityCode, level, source, operatorId, placement }: CallBack,
  { result, statedLevel }: { result: CallBackMismatch['result']; statedLevel: CallBackMismatch['statedLevel'] },
  occurredAt: Date,
): NewEvent<CallBackMismatch> {
  const payload = { evaluationId, caseId, cityCode, result, recordedLevel: level, statedLevel, source, operatorId }
  return { type: callBackMismatchType, feed: null, subjectId: evaluationId, occurredAt, placement, payload }
}
