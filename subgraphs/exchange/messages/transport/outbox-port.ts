import { randomUUID } from 'node:crypto'
import { type InboundMessage, SmsNotSent, type SmsPort } from './sms-port.ts'

export type OutboxPort = SmsPort & {
  /** A citizen of the demo answers from this phone; resolves when the hub has taken the text, rejects as its handler does. */
  receive(phone: string, text: string): Promise<void>
}

/** The demo's carrier: sends nowhere and reports nothing. The message table itself is the outbox that people look at. */
export function outboxPort(now: () => Date = () => new Date()): OutboxPort {
  let inbound: ((message: InboundMessage) => Promise<void>) | null = null
  let stopped = false
  return {
    async send() {
      if (stopped) throw new SmsNotSent('NOT_CONNECTED')
      return { providerId: `outbox-${randomUUID()}` }
    },
    onDeliveryReceipt() {},
    onInbound(handler) {
      inbound = handler
    },
    async receive(phone, text) {
      if (!inbound) throw new Error('Nobody listens for inbound texts yet.')
      await inbound({ phone, text, receivedAt: now() })
    },
    state: () => (stopped ? 'DOWN' : 'UP'),
    downReason: () => (stopped ? 'stopped' : null),
    async stop() {
      stopped = true
    },
  }
}
