import type { WorkflowContext } from '../context.ts'

export const ServiceCase = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),
  negativeReviews: ({ id }: { id: string }, _: unknown, { loaders }: WorkflowContext) =>
    loaders.negativeReviewsOfCase(id),
}
