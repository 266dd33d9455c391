import { graphError } from '../../shared/graph-error.ts'
import { readPhone } from '../../shared/people/phone.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { phoneRatingText, reviewResultText } from '../messages/answer-text.ts'
import { invitationText, reminderText } from '../messages/invitation-text.ts'
import { isInvitation, type MessageKind } from '../messages/message.ts'
import { type Messaging, messagingScope, phoneHashKind } from '../messages/messaging.ts'
import { messageOfKey } from '../store/message-rows.ts'
import { optedOut } from '../store/opt-outs.ts'
import { type CaseContact, contactOfCase } from './ask-cases.ts'
import { putMessage } from './put-message.ts'

/** A message about a case that another subgraph asks for; `key` says what it is for. */
export type MessageOrder = {
  key: string
  kind: MessageKind
  caseId: string
  invitationId?: string | null
  url?: string | null
  /** Of a rating by telephone, 1 to 5. */
  level?: number | null
}

export type MessageQueued = { state: 'QUEUED' } | { state: 'SUPPRESSED'; reason: 'OPTED_OUT' | 'NO_PHONE' }

/**
 * Queues a message about a case (短信入队), once for a key: asked again, it answers as before. Landlines take no messages; a phone
 * that has opted out is sent no invitation, and the list shows that.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself, BAD_USER_INPUT for a kind that is not about a case, SUBGRAPH_UNAVAILABLE
 */
export async function queueMessage(order: MessageOrder, viewer: Viewer, messaging: Messaging): Promise<MessageQueued> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const { database, crypto } = messaging
  const before = await database.inScope(messagingScope, tx => messageOfKey(tx, order.key))
  if (before) return answerOf(before)
  const contact = await contactOfCase(messaging.cases(), order.caseId)
  const phone = contact && readPhone(contact.phone)
  if (!contact || !phone?.ok || phone.kind !== 'MOBILE') return { state: 'SUPPRESSED', reason: 'NO_PHONE' }
  const { regionPath, departmentId, hallId } = contact
  const kept = await database.inScope(messagingScope, async tx => {
    const refusals = await optedOut(tx, crypto.lookupHashes(phoneHashKind, phone.number))
    await putMessage(tx, messaging, {
      ...order,
      phone: phone.number,
      text: textOf(order, contact),
      place: { regionPath, departmentId, hallId },
      suppressedBy: isInvitation(order.kind) && refusals.size > 0 ? 'OPTED_OUT' : null,
    })
    return messageOfKey(tx, order.key)
  })
  messaging.wakeSender()
  return answerOf(kept!)
}

function answerOf({ state, fault }: { state: string; fault: string | null }): MessageQueued {
  return state === 'SUPPRESSED' && fault === 'OPTED_OUT' ? { state, reason: fault } : { state: 'QUEUED' }
}

function textOf({ kind, url, level }: MessageOrder, { departmentName, matterName, closedAt }: CaseContact): string {
  if (!url) throw graphError('BAD_USER_INPUT', { fact: 'url' })
  const service = { departmentName, matterName, isClosed: closedAt !== null, url }
  switch (kind) {
    case 'RATING_INVITATION':
      return invitationText(service)
    case 'RATING_REMINDER':
      return reminderText(service)
    case 'REVIEW_RESULT':
      return reviewResultText(url)
    case 'PHONE_RATING_RECORDED':
      if (!level || level < 1 || level > 5) throw graphError('BAD_USER_INPUT', { fact: 'level' })
      return phoneRatingText(level, url)
    default:
      throw graphError('BAD_USER_INPUT', { fact: `kind ${kind}` })
  }
}
