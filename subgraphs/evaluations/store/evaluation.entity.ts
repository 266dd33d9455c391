import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import { placementProperties } from '../../shared/placement-columns.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import type { RatingSubjectKind } from '../domain/rated-subject.ts'

/** One rating (评价). Rows are insert-only: whatever becomes of a rating is a row beside it. */
export const EvaluationEntity = defineEntity({
  name: 'Evaluation',
  schema: 'evaluations',
  tableName: 'evaluations',
  properties: {
    id: p.uuid().primary(),
    cityCode: p.text(),
    caseId: p.uuid().nullable(),
    serviceNumber: p.smallint(),
    round: p.smallint().$type<1 | 2>(),
    level: p.smallint().$type<SatisfactionLevel>(),
    channel: p.smallint(),
    itemEdition: p.smallint(),
    items: p.array().$type<string[]>(),
    isPublic: p.boolean(),
    isAnonymous: p.boolean(),
    evaluatedAt: p.datetime(),
    committedAt: p.datetime(),
    matterId: p.uuid().nullable(),
    subjectKind: p.text().$type<RatingSubjectKind>(),
    staticCodeId: p.uuid().nullable(),
    terminalNumber: p.text().nullable(),
    isAboutRectification: p.boolean(),
    isProbe: p.boolean(),
    environment: p.smallint().$type<1 | 2>().nullable(),
    attitude: p.smallint().$type<1 | 2>().nullable(),
    isOvercharged: p.boolean().nullable(),
    isIntermediaryForced: p.boolean().nullable(),
    ...placementProperties(),
  },
})

export type EvaluationRow = InferEntity<typeof EvaluationEntity>
