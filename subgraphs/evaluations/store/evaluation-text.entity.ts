import { defineEntity, p } from '@mikro-orm/postgresql'
import { placementProperties } from '../../shared/placement-columns.ts'

/** What a rating says in words (文字评价, 分项原因), apart from it so that it can be erased. */
export const EvaluationTextEntity = defineEntity({
  name: 'EvaluationText',
  schema: 'evaluations',
  tableName: 'evaluation_texts',
  properties: {
    evaluationId: p.uuid().primary(),
    cityCode: p.text(),
    body: p.text().nullable(),
    environmentReason: p.text().nullable(),
    attitudeReason: p.text().nullable(),
    isSuspectedPersonal: p.boolean(),
    ...placementProperties(),
  },
})
