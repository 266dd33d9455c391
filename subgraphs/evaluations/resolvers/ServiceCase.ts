import type { EvaluationsContext } from '../context.ts'
import { lookedAt } from './Evaluation.ts'

export const ServiceCase = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),

  async evaluations({ id }: { id: string }, _: unknown, { loaders, viewer }: EvaluationsContext) {
    const evaluations = await loaders.evaluationsOfCase(id)
    return evaluations.map(evaluation => lookedAt(evaluation, { viewer, hasReceipt: false }))
  },

  smsInvitation: ({ id }: { id: string }, _: unknown, { loaders }: EvaluationsContext) => loaders.smsInvitation(id),
}
