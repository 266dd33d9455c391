import { graphError } from '../../shared/graph-error.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { type Messaging, messagingScope, phoneColumn, textColumn } from '../messages/messaging.ts'
import { newestMessages } from '../store/message-queries.ts'
import { sealedPhoneOf } from '../store/written-phones.ts'

/** A message as the demo's outbox page shows it (演示发件箱). */
export type OutboxMessage = {
  id: string
  kind: string
  state: string
  maskedPhone: string
  text: string
  queuedAt: string
  sentAt: string | null
  fault: string | null
}

/** The newest messages with their texts; none where messages really go out. @throws NOT_PERMITTED to anyone but the hub itself */
export async function readDemoOutbox(first: number, viewer: Viewer, messaging: Messaging): Promise<OutboxMessage[]> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const { outbox, database, crypto } = messaging
  if (!outbox) return []
  const rows = await database.inScope(messagingScope, tx => newestMessages(tx, Math.min(Math.max(first, 1), 100)))
  return rows.map(({ id, kind, state, maskedPhone, textSealed, queuedAt, sentAt, fault }) => ({
    ...{ id, kind, state, maskedPhone, fault },
    text: crypto.open(textColumn, textSealed),
    queuedAt: queuedAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  }))
}

/**
 * Takes a text as if it came from the phone of that message (模拟回复); false when the message is unknown.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself, and where messages really go out
 */
export async function receiveDemoReply(
  { messageId, text }: { messageId: string; text: string },
  viewer: Viewer,
  { outbox, database, crypto }: Messaging,
): Promise<boolean> {
  if (viewer.kind !== 'SYSTEM' || !outbox) throw graphError('NOT_PERMITTED')
  if (!isId(messageId)) return false
  const sealed = await database.inScope(messagingScope, tx => sealedPhoneOf(tx, messageId))
  if (!sealed) return false
  await outbox.receive(crypto.open(phoneColumn, sealed), text)
  return true
}
