import { receiveDemoReply as receive } from '../../actions/demo-outbox.ts'
import type { ExchangeContext } from '../../context.ts'

export const receiveDemoReply = (
  _: unknown,
  reply: { messageId: string; text: string },
  { viewer, messaging }: ExchangeContext,
) => receive(reply, viewer, messaging)
