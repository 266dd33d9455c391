/**
 * The way to the phones (短信通道): one port, whoever carries the messages. Phones are mainland numbers of 11 digits without a country
 * code; texts are plain text of any length. Neither is ever logged.
 */
export type SmsPort = {
  /**
   * Hands one text over; resolves when the provider has taken all of it. `id` is the message's own: sent again under the same id, a long
   * text's parts replace each other on the phone. Rejects with `SmsNotSent` only.
   */
  send(message: OutgoingMessage): Promise<{ providerId: string }>
  /**
   * What became of a sent text (状态报告), at least once each. It may come before `send` has answered and the caller knows the id: a handler
   * that rejects is asked again later, by the provider's own schedule.
   */
  onDeliveryReceipt(handler: (receipt: DeliveryReceipt) => Promise<void>): void
  /**
   * A citizen's text (上行短信), at least once each: it is acknowledged only after the handler has resolved, and comes again when it rejects.
   */
  onInbound(handler: (message: InboundMessage) => Promise<void>): void
  state(): 'UP' | 'DOWN'
  /** Why it is down, for operators; null while up. Carries no secret and no personal data. */
  downReason(): string | null
  /** Finishes what runs, says goodbye and resolves; `send` rejects as not connected from then on. */
  stop(): Promise<void>
}

export type OutgoingMessage = { id: string; phone: string; text: string }

/** `text` is exactly what was written: a full-width ５ stays one. */
export type InboundMessage = { phone: string; text: string; receivedAt: Date }

/** `UNDERWAY` may be followed by another; `UNKNOWN` is the provider's own last word. `code` is the provider's, e.g. `UNDELIV 001`. */
export type DeliveryReceipt = {
  providerId: string
  outcome: 'DELIVERED' | 'UNDELIVERED' | 'UNDERWAY' | 'UNKNOWN'
  code: string
  receivedAt: Date
}

/**
 * `BAD_NUMBER`, `BAD_TEXT`: this message will never be taken. All others pass or can be mended by an operator: try again later.
 * After `NO_ANSWER` and `CONNECTION_LOST` the text may have been taken all the same, and a second try may reach the phone twice.
 */
export type NotSentReason =
  | 'BAD_NUMBER'
  | 'BAD_TEXT'
  | 'THROTTLED'
  | 'NOT_CONNECTED'
  | 'NO_ANSWER'
  | 'CONNECTION_LOST'
  | 'REFUSED_FOR_NOW'

/** A text the provider has not taken. `code` is the provider's own (`ESME_RINVDSTADR`), null where it said nothing. */
export class SmsNotSent extends Error {
  override readonly name = 'SmsNotSent'
  readonly reason: NotSentReason
  readonly code: string | null

  constructor(reason: NotSentReason, code: string | null = null) {
    super(code === null ? reason : `${reason} (${code})`)
    this.reason = reason
    this.code = code
  }

  /** True where no later try can succeed: the queue gives the message up. */
  get forGood(): boolean {
    return this.reason === 'BAD_NUMBER' || this.reason === 'BAD_TEXT'
  }
}
