import type { ExchangeContext } from '../context.ts'
import type { Link as LinkRow } from '../store/link-queries.ts'

/** The look-up by id stands beside its type: two files that differ in case alone cannot lie in one folder everywhere. */
export const link = (_: unknown, { id }: { id: string }, { loaders }: ExchangeContext) => loaders.link(id)

export const Link = {
  __resolveReference: ({ id }: { id: string }, { loaders }: ExchangeContext) => loaders.link(id),
  region: ({ regionId }: LinkRow) => ({ id: regionId }),
  hall: ({ hallId }: LinkRow) => hallId && { id: hallId },
}
