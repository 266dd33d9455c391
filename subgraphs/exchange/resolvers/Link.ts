import type { ExchangeContext } from '../context.ts'
import type { Link as LinkRow } from '../store/link-queries.ts'

export const Link = {
  __resolveReference: ({ id }: { id: string }, { loaders }: ExchangeContext) => loaders.link(id),
  region: ({ regionId }: LinkRow) => ({ id: regionId }),
  hall: ({ hallId }: LinkRow) => hallId && { id: hallId },
}
