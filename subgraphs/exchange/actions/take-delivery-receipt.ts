import { isInvitation } from '../messages/message.ts'
import { type Messaging, messagingScope } from '../messages/messaging.ts'
import type { DeliveryReceipt } from '../messages/transport/sms-port.ts'
import { isAnyUnderWay, keepReceipt, messageOfProvider } from '../store/message-rows.ts'
import { endSmsInvitation } from './ask-evaluations.ts'

/** A receipt for an id that is just being stored; the carrier sends it again. */
export class ReceiptTooEarly extends Error {
  override readonly name = 'ReceiptTooEarly'
}

/**
 * Takes a delivery receipt (状态报告). One that overtook its own message is rejected and comes again; one of a message that this hub
 * never sent is let go.
 *
 * @throws ReceiptTooEarly, SUBGRAPH_UNAVAILABLE when evaluations could not be told
 */
export async function takeDeliveryReceipt(receipt: DeliveryReceipt, messaging: Messaging): Promise<void> {
  if (receipt.outcome === 'UNDERWAY' || receipt.outcome === 'UNKNOWN') return
  const { database } = messaging
  const message = await database.inScope(messagingScope, async tx => {
    // Asked in this order: an id that is stored between the two questions is found by the second.
    const mayFollow = await isAnyUnderWay(tx)
    const found = await messageOfProvider(tx, receipt.providerId)
    if (!found && mayFollow) throw new ReceiptTooEarly()
    return found
  })
  if (message?.state !== 'SENT') return
  const { id, invitationId } = message
  if (receipt.outcome === 'DELIVERED') {
    const delivered = { id, state: 'DELIVERED', fault: null, at: receipt.receivedAt } as const
    return database.inScope(messagingScope, tx => keepReceipt(tx, delivered))
  }
  if (invitationId && isInvitation(message.kind)) await endSmsInvitation(messaging.evaluations(), invitationId)
  const failed = { id, state: 'FAILED', fault: `UNDELIVERED ${receipt.code}`.trim(), at: receipt.receivedAt } as const
  return database.inScope(messagingScope, tx => keepReceipt(tx, failed))
}
