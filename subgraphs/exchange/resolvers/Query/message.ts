import { readMessage } from '../../actions/read-messages.ts'
import type { ExchangeContext } from '../../context.ts'

export const message = (_: unknown, { id }: { id: string }, { viewer, messaging }: ExchangeContext) =>
  readMessage(id, viewer, messaging)
