import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql'
import type { DayStep } from '../../shared/clock/deadline.ts'
import { placementProperties } from '../../shared/placement-columns.ts'
import { NegativeReviewEntity } from './negative-review.entity.ts'

/** What a clock measures (时限种类). */
export type DeadlineKind = 'VERIFICATION' | 'RECTIFICATION' | 'QUALITY_CHECK' | 'FOLLOW_UP'

/** RUNNING 进行中, MET 按期完成, PASSED 已超期仍未完成, MET_LATE 超期完成. */
export type DeadlineState = 'RUNNING' | 'MET' | 'PASSED' | 'MET_LATE'

const instants = () =>
  p.array<Date>(
    text => new Date(text),
    instant => instant.toISOString(),
  )

/** One clock of a negative review (时限), with the policy version and the days it was counted by. */
export const DeadlineEntity = defineEntity({
  name: 'Deadline',
  schema: 'workflow',
  tableName: 'deadlines',
  properties: {
    id: p.uuid().primary(),
    negativeReviewId: () => p.manyToOne(NegativeReviewEntity).mapToPk().fieldName('negative_review_id'),
    /** The case of its review, by which whoever holds the receipt may see it. */
    caseId: p.uuid().nullable(),
    /** The rating of its review, by which whoever holds the receipt of an unlinked one may see it. */
    evaluationId: p.uuid(),
    kind: p.text().$type<DeadlineKind>(),
    state: p.text().$type<DeadlineState>(),
    startedAt: p.datetime(),
    dueAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    policyId: p.text(),
    policyVersion: p.integer(),
    explanation: p.json<DayStep[]>(),
    notices: instants().columnType('timestamptz[]'),
    nextNoticeAt: p.datetime().nullable(),
    ...placementProperties(),
  },
})

export type Deadline = InferEntity<typeof DeadlineEntity>
