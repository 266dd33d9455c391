import { type MessageOrder, queueMessage as queue } from '../../actions/queue-message.ts'
import type { ExchangeContext } from '../../context.ts'

export async function queueMessage(
  _: unknown,
  { input }: { input: MessageOrder },
  { viewer, messaging }: ExchangeContext,
) {
  return JSON.stringify(await queue(input, viewer, messaging))
}
