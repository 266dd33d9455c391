import type { Transaction } from '../../shared/database.ts'
import { maskPhone } from '../../shared/people/mask.ts'
import { newId } from '../../shared/uuid.ts'
import type { MessageKind } from '../messages/message.ts'
import { type Messaging, phoneColumn, phoneHashKind, textColumn } from '../messages/messaging.ts'
import { insertMessage } from '../store/message-rows.ts'
import type { MessagePlace } from '../store/written-phones.ts'

/** A message as it goes into the queue (短信入队); `suppressedBy` keeps it there unsent. */
export type MessageDraft = {
  key: string
  kind: MessageKind
  phone: string
  text: string
  caseId?: string | null
  invitationId?: string | null
  place: MessagePlace
  suppressedBy?: 'OPTED_OUT' | null
}

/** Seals phone and text and puts the message into the queue, once for its key. */
export async function putMessage(
  transaction: Transaction,
  { crypto, now }: Pick<Messaging, 'crypto' | 'now'>,
  draft: MessageDraft,
): Promise<void> {
  const queuedAt = now()
  const fault = draft.suppressedBy ?? null
  await insertMessage(transaction, {
    id: newId(queuedAt.getTime()),
    messageKey: draft.key,
    kind: draft.kind,
    state: fault ? 'SUPPRESSED' : 'QUEUED',
    caseId: draft.caseId ?? null,
    invitationId: draft.invitationId ?? null,
    phoneSealed: crypto.seal(phoneColumn, draft.phone),
    phoneHash: crypto.lookupHash(phoneHashKind, draft.phone),
    maskedPhone: maskPhone(draft.phone),
    textSealed: crypto.seal(textColumn, draft.text),
    nextAttemptAt: fault ? null : queuedAt,
    fault,
    queuedAt,
    ...draft.place,
  })
}
