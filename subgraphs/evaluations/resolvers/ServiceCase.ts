import type { EvaluationsContext } from '../context.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import { lookedAt } from './Evaluation.ts'

export const ServiceCase = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),

  async evaluations({ id }: { id: string }, _: unknown, { loaders, viewer }: EvaluationsContext) {
    const evaluations = await loaders.evaluationsOfCase(id)
    return evaluations.map(evaluation => lookedAt(evaluation, { viewer, hasReceipt: false }))
  },

  async takesRatings({ id }: { id: string }, _: unknown, { loaders, now }: EvaluationsContext) {
    const known = await loaders.knownCase(id)
    if (!known) return null
    const at = now()
    return problemOfCase(rateableCase(known, true), 1, at, policyOfCase(known.policyId, at)) === undefined
  },

  defaultEvaluation: ({ id }: { id: string }, _: unknown, { loaders }: EvaluationsContext) =>
    loaders.defaultEvaluation(id),

  smsInvitation: ({ id }: { id: string }, _: unknown, { loaders }: EvaluationsContext) => loaders.smsInvitation(id),
}
