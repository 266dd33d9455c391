/** A message as the demo's outbox shows it; the phone is masked. */
export type OutboxMessage = {
  id: string
  kind: string
  state: string
  maskedPhone: string
  text: string
  /** Instants. */
  queuedAt: string
  sentAt: string | null
  fault: string | null
}

/** The demo's outbox (演示发件箱): where messages end up that would go to phones. */
export type DemoOutbox = {
  /** The newest first. Null when it cannot be read now. */
  messages(): Promise<OutboxMessage[] | null>
  /** Answers a message as its phone would. False when that was not possible. */
  reply(messageId: string, text: string): Promise<boolean>
}
