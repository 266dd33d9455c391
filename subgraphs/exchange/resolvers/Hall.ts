import type { ExchangeContext } from '../context.ts'

export const Hall = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),
  links: ({ id }: { id: string }, _: unknown, { loaders }: ExchangeContext) => loaders.linksOfHall(id),
}
