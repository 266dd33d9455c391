import type { SubgraphDependencies } from '../../shared/module.ts'
import { keepSending } from '../actions/keep-sending.ts'
import { takeDeliveryReceipt } from '../actions/take-delivery-receipt.ts'
import { takeInboundMessage } from '../actions/take-inbound-message.ts'
import type { Messaging } from './messaging.ts'
import { outboxPort } from './transport/outbox-port.ts'
import { smppPort } from './transport/smpp-port.ts'

/** Opens the way to the phones, or the demo's outbox, and starts sending and listening (短信收发). */
export function startMessaging(dependencies: SubgraphDependencies): { messaging: Messaging; stop(): Promise<void> } {
  const { database, crypto, now, log, smsUrl, peer } = dependencies
  const outbox = smsUrl === null ? outboxPort(now) : null
  const port = outbox ?? smppPort({ url: smsUrl!, log, now })
  const messaging: Messaging = {
    ...{ database, crypto, now, log, port, outbox },
    cases: () => peer('cases'),
    evaluations: () => peer('evaluations'),
    wakeSender: () => sender.wake(),
  }
  const sender = keepSending(messaging)
  port.onDeliveryReceipt(receipt => takeDeliveryReceipt(receipt, messaging))
  port.onInbound(message => takeInboundMessage(message, messaging))
  return {
    messaging,
    async stop() {
      await Promise.all([sender.stop(), port.stop()])
    },
  }
}
