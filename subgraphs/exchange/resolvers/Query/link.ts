import type { ExchangeContext } from '../../context.ts'

export const link = (_: unknown, { id }: { id: string }, { loaders }: ExchangeContext) => loaders.link(id)
