import type { Transaction } from '../../shared/database.ts'
import type { MessageKind, MessageState } from '../messages/message.ts'

/** A message as lists show it: neither phone nor text. */
export type KeptMessage = {
  id: string
  kind: MessageKind
  state: MessageState
  maskedPhone: string
  caseId: string | null
  queuedAt: Date
  sentAt: Date | null
  deliveredAt: Date | null
  attempts: number
  fault: string | null
}

const messageColumns = `id, kind, state, masked_phone as "maskedPhone", case_id as "caseId", queued_at as "queuedAt",
  sent_at as "sentAt", delivered_at as "deliveredAt", attempts, fault`

export async function messageById({ query }: Transaction, id: string): Promise<KeptMessage | null> {
  const [row] = await query<KeptMessage>(`select ${messageColumns} from exchange.messages where id = $1`, [id])
  return row ?? null
}

/** @param after id of the last row of the page before; ids sort by the time of queueing */
export function messagesPage(
  { query }: Transaction,
  filter: { state: MessageState | null; kind: MessageKind | null },
  after: string | null,
  limit: number,
): Promise<KeptMessage[]> {
  return query<KeptMessage>(
    `select ${messageColumns} from exchange.messages
     where ($1::text is null or state = $1) and ($2::text is null or kind = $2) and ($3::uuid is null or id < $3)
     order by id desc limit $4`,
    [filter.state, filter.kind, after, limit],
  )
}

/** The newest messages with their sealed texts. */
export function newestMessages(
  { query }: Transaction,
  limit: number,
): Promise<(KeptMessage & { textSealed: Buffer })[]> {
  return query<KeptMessage & { textSealed: Buffer }>(
    `select ${messageColumns}, text_sealed as "textSealed" from exchange.messages order by id desc limit $1`,
    [limit],
  )
}
