import smpp, { type Pdu } from 'smpp'
import type { DeliveryReceipt } from './sms-port.ts'

const OUTCOMES: Record<string, DeliveryReceipt['outcome']> = {
  DELIVRD: 'DELIVERED',
  EXPIRED: 'UNDELIVERED',
  DELETED: 'UNDELIVERED',
  UNDELIV: 'UNDELIVERED',
  REJECTD: 'UNDELIVERED',
  SKIPPED: 'UNDELIVERED',
  SCHEDULED: 'UNDERWAY',
  ENROUTE: 'UNDERWAY',
  ACCEPTD: 'UNDERWAY',
  UNKNOWN: 'UNKNOWN',
}
/** message_state by its number. */
const STATES = [
  'SCHEDULED',
  'ENROUTE',
  'DELIVRD',
  'EXPIRED',
  'DELETED',
  'UNDELIV',
  'ACCEPTD',
  'UNKNOWN',
  'REJECTD',
  'SKIPPED',
]
const MESSAGE_TYPE_BITS = 0x3c

/** True where the SMS centre speaks about a text we sent; false where a citizen speaks. */
export function isReceipt(pdu: Pdu): boolean {
  return ((pdu.esm_class ?? 0) & MESSAGE_TYPE_BITS) !== 0
}

/**
 * What a receipt says, null where it names no message. The id is the TLV's before the text's (the text's may be shortened); the state is the
 * text's before the TLV's (centres are seen to leave the TLV at 0).
 */
export function deliveryReceipt(pdu: Pdu, receivedAt: Date): DeliveryReceipt | null {
  const text = receiptText(pdu)
  const providerId = unpadded(pdu.receipted_message_id) || /\bid:\s*(\S+)/i.exec(text)?.[1]
  if (!providerId) return null
  const state = /\bstat:\s*(\w+)/i.exec(text)?.[1]?.toUpperCase() ?? STATES[pdu.message_state ?? -1] ?? 'UNKNOWN'
  const error = /\berr:\s*(\w+)/i.exec(text)?.[1]
  return {
    providerId,
    outcome: OUTCOMES[state] ?? 'UNKNOWN',
    code: error === undefined ? state : `${state} ${error}`,
    receivedAt,
  }
}

/** Some centres leave the id without its closing zero, and `smpp` then reads on into the next TLV's header. */
function unpadded(id: string | undefined): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the header's bytes are what is looked for
  return id?.split(/[\x00-\x1f]/, 1)[0]
}

/** Receipts are ASCII whatever their data coding says; `smpp` reads 0 and 1 as GSM 7, where _ would be § and the id a stranger's. */
function receiptText(pdu: Pdu): string {
  const content = pdu.short_message?.message.length ? pdu.short_message.message : (pdu.message_payload?.message ?? '')
  if (typeof content !== 'string') return content.toString('latin1')
  return ((pdu.data_coding ?? 0) & 0x0f) > 1 ? content : smpp.gsmCoder.encode(content, 0).toString('latin1')
}
