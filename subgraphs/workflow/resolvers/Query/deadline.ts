import type { WorkflowContext } from '../../context.ts'

export const deadline = (_: unknown, { id }: { id: string }, { loaders }: WorkflowContext) => loaders.deadline(id)
