import { defineEntity, p } from '@mikro-orm/postgresql'
import { placementProperties } from '../../shared/placement-columns.ts'

/** The text of a rating (文字评价), apart from it so that it can be erased. */
export const EvaluationTextEntity = defineEntity({
  name: 'EvaluationText',
  schema: 'evaluations',
  tableName: 'evaluation_texts',
  properties: {
    evaluationId: p.uuid().primary(),
    cityCode: p.text(),
    body: p.text(),
    isSuspectedPersonal: p.boolean(),
    ...placementProperties(),
  },
})
