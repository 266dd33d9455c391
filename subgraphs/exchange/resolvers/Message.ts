import { readMessage } from '../actions/read-messages.ts'
import type { ExchangeContext } from '../context.ts'
import { faultWording } from '../messages/fault-wording.ts'
import type { KeptMessage } from '../store/message-queries.ts'

export const Message = {
  __resolveReference: ({ id }: { id: string }, { viewer, messaging }: ExchangeContext) =>
    readMessage(id, viewer, messaging),
  serviceCase: ({ caseId }: KeptMessage) => caseId && { id: caseId },
  fault: ({ fault }: KeptMessage) => fault && faultWording(fault),
}
