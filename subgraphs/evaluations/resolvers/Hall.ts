import type { EvaluationsContext } from '../context.ts'

export const Hall = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),
  staticCodes: ({ id }: { id: string }, _: unknown, { loaders }: EvaluationsContext) => loaders.staticCodesOfHall(id),
}
