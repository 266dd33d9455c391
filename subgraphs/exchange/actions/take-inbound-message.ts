import { createHash } from 'node:crypto'
import { endOfNaturalDays } from '../../shared/clock/deadline.ts'
import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { maskPhone } from '../../shared/people/mask.ts'
import { policyPresets } from '../../shared/policy/presets.ts'
import {
  alreadyRatedText,
  nothingToRateText,
  notUnderstoodText,
  optOutText,
  thanksText,
  tooLateText,
} from '../messages/answer-text.ts'
import { answeredInvitation } from '../messages/answered-invitation.ts'
import type { MessageKind } from '../messages/message.ts'
import { inboundTextColumn, type Messaging, messagingScope, phoneHashKind } from '../messages/messaging.ts'
import { type Reply, readReply } from '../messages/reply.ts'
import type { InboundMessage } from '../messages/transport/sms-port.ts'
import { type InboundOutcome, keepInbound } from '../store/inbound-rows.ts'
import { keepOptOut } from '../store/opt-outs.ts'
import { type MessagePlace, placeOfPhone, type SentInvitation, sentInvitations } from '../store/written-phones.ts'
import { firstRatings, takeSmsReply } from './ask-evaluations.ts'
import { putMessage } from './put-message.ts'

/** What is done with a reply, and what is answered; null answers nothing. */
type Handling = {
  outcome: InboundOutcome
  invitation: SentInvitation | null
  answer: { key: string; kind: MessageKind; text: string } | null
}

/**
 * Takes a citizen's text (上行短信): a level rates the case of the latest invitation, TD ends invitations, anything else is answered
 * once a day. At least once is enough: the same text again finds the same rating and the same answers. Only phones that the hub has
 * written to are answered.
 *
 * @throws SUBGRAPH_UNAVAILABLE, so that the carrier brings it again
 */
export async function takeInboundMessage(inbound: InboundMessage, messaging: Messaging): Promise<void> {
  const { crypto, database } = messaging
  const { phone, receivedAt } = inbound
  const phoneHash = crypto.lookupHash(phoneHashKind, phone)
  const reply = readReply(inbound.text)
  const { outcome, invitation, answer } = await handlingOf(reply, inbound, phoneHash, messaging)
  await database.inScope(messagingScope, async tx => {
    if (reply.kind === 'OPT_OUT') await keepOptOut(tx, { phoneHash, at: receivedAt, source: 'REPLY' })
    const place: MessagePlace | null = invitation ?? (await placeOfPhone(tx, crypto.lookupHashes(phoneHashKind, phone)))
    if (answer && place) {
      const { regionPath, departmentId, hallId } = place
      const caseId = invitation?.caseId ?? null
      await putMessage(tx, messaging, { ...answer, phone, caseId, place: { regionPath, departmentId, hallId } })
    }
    await keepInbound(tx, {
      id: inboundId(phoneHash, inbound),
      phoneHash,
      maskedPhone: maskPhone(phone),
      textSealed: crypto.seal(inboundTextColumn, inbound.text),
      receivedAt,
      outcome,
      messageId: invitation?.messageId ?? null,
    })
  })
  messaging.wakeSender()
}

async function handlingOf(
  reply: Reply,
  inbound: InboundMessage,
  phoneHash: string,
  messaging: Messaging,
): Promise<Handling> {
  // Of answers that lead nowhere a phone gets one a day, whatever it sends: nobody runs up a bill here.
  const daily = `${phoneHash}:${shanghaiDay(inbound.receivedAt)}`
  const idle = (outcome: InboundOutcome, text: string): Handling => ({
    outcome,
    invitation: null,
    answer: { key: `not-understood:${daily}`, kind: 'REPLY_NOT_UNDERSTOOD', text },
  })
  if (reply.kind === 'OTHER') return idle('NOT_UNDERSTOOD', notUnderstoodText())
  if (reply.kind === 'OPT_OUT') {
    const answer = { key: `opt-out:${daily}`, kind: 'OPT_OUT_CONFIRMED', text: optOutText() } as const
    return { outcome: 'OPTED_OUT', invitation: null, answer }
  }
  const invitation = await invitationOf(reply.level, inbound, messaging)
  if (!invitation) return idle('NO_INVITATION', nothingToRateText())
  const { invitationId } = invitation
  const taken = await takeSmsReply(messaging.evaluations(), invitationId, reply.level)
  if (taken.outcome === 'TOO_LATE') return { ...idle('TOO_LATE', tooLateText()), invitation }
  if (taken.outcome === 'NOT_RATEABLE') return { ...idle('NO_INVITATION', nothingToRateText()), invitation }
  const isRated = taken.outcome === 'RATED'
  const text = isRated ? thanksText(reply.level, taken.detailsUrl!) : alreadyRatedText(taken.detailsUrl!)
  const answer = { key: `${invitationId}:${isRated ? 'thanks' : 'already'}`, kind: 'REPLY_THANKS', text } as const
  return { outcome: taken.outcome, invitation, answer }
}

async function invitationOf(level: number, { phone, receivedAt }: InboundMessage, messaging: Messaging) {
  const hashes = messaging.crypto.lookupHashes(phoneHashKind, phone)
  const sent = await messaging.database.inScope(messagingScope, tx => sentInvitations(tx, hashes, since(receivedAt)))
  const rated = await firstRatings(
    messaging.evaluations(),
    sent.map(({ caseId }) => caseId),
  )
  return answeredInvitation(sent, rated, { level, receivedAt })
}

/** Invitations older than the longest late window are over everywhere; evaluations judge each case by its own. */
function since(receivedAt: Date): Date {
  const days = Math.max(...policyPresets.map(({ lateWindowDays }) => lateWindowDays.value))
  const span = endOfNaturalDays(days, receivedAt).getTime() - receivedAt.getTime()
  return new Date(receivedAt.getTime() - span)
}

/** Equal for the same text of a phone in the same minute: a text that comes again is listed once. */
function inboundId(phoneHash: string, { text, receivedAt }: InboundMessage): string {
  const minute = receivedAt.toISOString().slice(0, 16)
  const bytes = createHash('sha256')
    .update(JSON.stringify([phoneHash, text, minute]))
    .digest()
    .subarray(0, 16)
  // An id made of a hash (RFC 9562, version 8).
  bytes[6] = 0x80 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
