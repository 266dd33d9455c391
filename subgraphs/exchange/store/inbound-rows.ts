import type { Transaction } from '../../shared/database.ts'

/** What was done with a reply (上行短信处理结果). */
export type InboundOutcome = 'RATED' | 'ALREADY_RATED' | 'OPTED_OUT' | 'NOT_UNDERSTOOD' | 'NO_INVITATION' | 'TOO_LATE'

/** A reply and what was done with it; `messageId` is the invitation that it answers. */
export type InboundRow = {
  id: string
  phoneHash: string
  maskedPhone: string
  textSealed: Buffer
  receivedAt: Date
  outcome: InboundOutcome
  messageId: string | null
}

/** Keeps a reply; one that came before under the same id is left as it was. */
export async function keepInbound({ query }: Transaction, row: InboundRow): Promise<void> {
  await query(
    `insert into exchange.inbound_messages (id, phone_hash, masked_phone, text_sealed, received_at, outcome, message_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [row.id, row.phoneHash, row.maskedPhone, row.textSealed, row.receivedAt, row.outcome, row.messageId],
  )
}
