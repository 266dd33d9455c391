import type { EvaluationsContext } from '../context.ts'
import { ratingOf } from '../domain/rating.ts'
import type { CallBack as Kept } from '../store/call-backs.ts'
import { lookedAt } from './Evaluation.ts'

export const CallBack = {
  evaluation: async ({ evaluationId }: Kept, _: unknown, { loaders, viewer }: EvaluationsContext) =>
    lookedAt(await loaders.evaluation(evaluationId), { viewer, hasReceipt: false }),
  serviceCase: ({ caseId }: Kept) => ({ __typename: 'ServiceCase', id: caseId }),
  recordedLevel: ({ level }: Kept) => ratingOf(level).name,
  statedLevel: ({ statedLevel }: Kept) => statedLevel && ratingOf(statedLevel).name,
}
