import type { WorkflowContext } from '../../context.ts'

export const negativeReview = (_: unknown, { id }: { id: string }, { loaders }: WorkflowContext) =>
  loaders.negativeReview(id)
