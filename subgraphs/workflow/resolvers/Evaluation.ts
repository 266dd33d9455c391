import type { WorkflowContext } from '../context.ts'

export const Evaluation = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),
  negativeReview: ({ id }: { id: string }, _: unknown, { loaders }: WorkflowContext) =>
    loaders.negativeReviewOfEvaluation(id),
}
