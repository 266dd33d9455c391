import { type EvaluationSubmitted, evaluationSubmittedType } from '../shared/events/evaluation-submitted.ts'
import type { NewEvent } from '../shared/events/event.ts'
import { placementOf } from '../shared/placement-columns.ts'
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
      subjectKind: 'CASE',
      staticCodeId: null,
    },
  }
}
