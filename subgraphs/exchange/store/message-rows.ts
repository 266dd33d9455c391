import type { Transaction } from '../../shared/database.ts'
import type { MessageKind, MessageState } from '../messages/message.ts'

/** Everything that is written of a message when it is queued. */
export type NewMessage = {
  id: string
  messageKey: string
  kind: MessageKind
  state: 'QUEUED' | 'SUPPRESSED'
  caseId: string | null
  invitationId: string | null
  phoneSealed: Buffer
  phoneHash: string
  maskedPhone: string
  textSealed: Buffer
  nextAttemptAt: Date | null
  fault: string | null
  queuedAt: Date
  regionPath: string
  departmentId: string | null
  hallId: string | null
}

/** Keeps a message unless its key is there already (同一用途只发一次). */
export async function insertMessage({ query }: Transaction, message: NewMessage): Promise<void> {
  await query(
    `insert into exchange.messages (id, message_key, kind, state, case_id, invitation_id, phone_sealed, phone_hash, masked_phone,
       text_sealed, next_attempt_at, fault, queued_at, region_path, department_id, hall_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (message_key) do nothing`,
    [
      ...[message.id, message.messageKey, message.kind, message.state, message.caseId, message.invitationId],
      ...[message.phoneSealed, message.phoneHash, message.maskedPhone, message.textSealed, message.nextAttemptAt],
      ...[message.fault, message.queuedAt, message.regionPath, message.departmentId, message.hallId],
    ],
  )
}

/** How the message of a key stands; null when none was asked for yet. */
export async function messageOfKey(
  { query }: Transaction,
  key: string,
): Promise<{ state: MessageState; fault: string | null } | null> {
  const [row] = await query<{ state: MessageState; fault: string | null }>(
    `select state, fault from exchange.messages where message_key = $1`,
    [key],
  )
  return row ?? null
}

/** A message whose turn has come. */
export type DueMessage = {
  id: string
  kind: MessageKind
  caseId: string | null
  invitationId: string | null
  phoneSealed: Buffer
  textSealed: Buffer
  attempts: number
}

/**
 * Takes messages whose turn has come, each by one worker: it is leased until `leasedUntil`, and due again then, so that one taken by a
 * process that was killed is taken up.
 */
export function takeDueMessages(
  { query }: Transaction,
  { now, leasedUntil, limit }: { now: Date; leasedUntil: Date; limit: number },
): Promise<DueMessage[]> {
  return query<DueMessage>(
    `update exchange.messages set attempts = attempts + 1, next_attempt_at = $2
     where id in (
       select id from exchange.messages where next_attempt_at <= $1 and state = 'QUEUED'
       order by next_attempt_at limit $3 for update skip locked)
     returning id, kind, case_id as "caseId", invitation_id as "invitationId", phone_sealed as "phoneSealed",
       text_sealed as "textSealed", attempts`,
    [now, leasedUntil, limit],
  )
}

/** Puts due messages of these kinds off, e.g. until the end of the night. */
export async function putOff(
  { query }: Transaction,
  kinds: readonly MessageKind[],
  { now, until }: { now: Date; until: Date },
): Promise<void> {
  await query(
    `update exchange.messages set next_attempt_at = $3
     where id in (
       select id from exchange.messages where next_attempt_at <= $2 and state = 'QUEUED' and kind = any ($1::text[])
       for update skip locked)`,
    [kinds, now, until],
  )
}

/** The carrier took it. A centre that counts anew gives ids twice: the newer message is the one that receipts will mean. */
export async function markSent(
  { query }: Transaction,
  { id, providerId, at }: { id: string; providerId: string | null; at: Date },
): Promise<void> {
  await query(`update exchange.messages set provider_id = null where provider_id = $1 and id <> $2`, [providerId, id])
  await query(
    `update exchange.messages set state = 'SENT', provider_id = $2, sent_at = $3, next_attempt_at = null, fault = null
     where id = $1 and state = 'QUEUED'`,
    [id, providerId, at],
  )
}

/** It is over for a queued message: not tried again. */
export async function endMessage(
  { query }: Transaction,
  { id, state, fault }: { id: string; state: 'FAILED' | 'SUPPRESSED'; fault: string },
): Promise<void> {
  await query(
    `update exchange.messages set state = $2, fault = $3, next_attempt_at = null where id = $1 and state = 'QUEUED'`,
    [id, state, fault],
  )
}

export async function tryAgainAt({ query }: Transaction, id: string, at: Date): Promise<void> {
  await query(`update exchange.messages set next_attempt_at = $2 where id = $1 and state = 'QUEUED'`, [id, at])
}

/** Gives taken messages back untried. */
export async function giveBack({ query }: Transaction, ids: readonly string[], at: Date): Promise<void> {
  await query(
    `update exchange.messages set attempts = attempts - 1, next_attempt_at = $2 where id = any ($1::uuid[]) and state = 'QUEUED'`,
    [ids, at],
  )
}

/** Whether some message may be with the carrier whose id is not stored yet. */
export async function isAnyUnderWay({ query }: Transaction): Promise<boolean> {
  const [row] = await query<{ found: boolean }>(
    `select exists (select from exchange.messages where next_attempt_at is not null and state = 'QUEUED' and attempts > 0) as found`,
  )
  return row!.found
}

/** A message that the carrier took. */
export type SentMessage = { id: string; kind: MessageKind; state: MessageState; invitationId: string | null }

/** The message that the carrier knows by this id; null when there is none. */
export async function messageOfProvider({ query }: Transaction, providerId: string): Promise<SentMessage | null> {
  const [row] = await query<SentMessage>(
    `select id, kind, state, invitation_id as "invitationId" from exchange.messages where provider_id = $1`,
    [providerId],
  )
  return row ?? null
}

/** Keeps what a delivery receipt (状态报告) says; the first final word stands. */
export async function keepReceipt(
  { query }: Transaction,
  { id, state, fault, at }: { id: string; state: 'DELIVERED' | 'FAILED'; fault: string | null; at: Date },
): Promise<void> {
  await query(
    `update exchange.messages set state = $2, fault = $3, delivered_at = case when $2 = 'DELIVERED' then $4::timestamptz end
     where id = $1 and state = 'SENT'`,
    [id, state, fault, at],
  )
}
