import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { EvaluationSubmitted } from '../../shared/events/evaluation-submitted.ts'
import { placementProperties } from '../../shared/placement-columns.ts'
import type { NegativeReviewState } from '../domain/negative-review-state.ts'

/** The handling of one bad rating (差评处理); one per rating, kept so by a unique constraint. */
export const NegativeReviewEntity = defineEntity({
  name: 'NegativeReview',
  schema: 'workflow',
  tableName: 'negative_reviews',
  properties: {
    id: p.uuid().primary(),
    cityCode: p.text(),
    evaluationId: p.uuid().unique(),
    /** Of an unlinked rating null, until it is tied to a case. */
    caseId: p.uuid().nullable(),
    subjectKind: p.text().$type<EvaluationSubmitted['subjectKind']>(),
    matterId: p.uuid().nullable(),
    score: p.smallint().$type<1 | 2>(),
    isAnonymous: p.boolean(),
    isProbe: p.boolean(),
    state: p.text().$type<NegativeReviewState>(),
    openedAt: p.datetime(),
    policyId: p.text(),
    policyVersion: p.integer(),
    acknowledgedAt: p.datetime().nullable(),
    acknowledgedById: p.uuid().nullable(),
    acknowledgedByName: p.text().nullable(),
    ...placementProperties(),
  },
})

export type NegativeReview = InferEntity<typeof NegativeReviewEntity>
