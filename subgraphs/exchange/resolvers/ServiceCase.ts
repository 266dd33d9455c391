import type { ExchangeContext } from '../context.ts'

export const ServiceCase = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),
  link: ({ id }: { id: string }, _: unknown, { loaders }: ExchangeContext) => loaders.linkOfCase(id),
}
