import type { Transaction } from '../../shared/database.ts'
import { invitationKinds } from '../messages/message.ts'

/** Where a message to a phone belongs: answers to a reply lie where the message that it answers lies. */
export type MessagePlace = { regionPath: string; departmentId: string | null; hallId: string | null }

/** An invitation that went to a phone (已发邀请). */
export type SentInvitation = MessagePlace & { messageId: string; invitationId: string; caseId: string }

const placeColumns = `region_path as "regionPath", department_id as "departmentId", hall_id as "hallId"`

/** The invitations that went to a phone since an instant, one a case, the latest sent first, at most 20. */
export function sentInvitations(
  { query }: Transaction,
  phoneHashes: readonly string[],
  since: Date,
): Promise<SentInvitation[]> {
  return query<SentInvitation>(
    `select * from (
       select distinct on (case_id) id as "messageId", invitation_id as "invitationId", case_id as "caseId", sent_at, ${placeColumns}
       from exchange.messages
       where phone_hash = any ($1::text[]) and kind = any ($2::text[]) and state in ('SENT', 'DELIVERED') and sent_at > $3
         and invitation_id is not null and case_id is not null
       order by case_id, id desc
     ) invited order by sent_at desc, "messageId" desc limit 20`,
    [phoneHashes, invitationKinds, since],
  )
}

/** Where the latest message to a phone belongs; null for a phone that was never written to. */
export async function placeOfPhone(
  { query }: Transaction,
  phoneHashes: readonly string[],
): Promise<MessagePlace | null> {
  const [row] = await query<MessagePlace>(
    `select ${placeColumns} from exchange.messages where phone_hash = any ($1::text[]) order by id desc limit 1`,
    [phoneHashes],
  )
  return row ?? null
}

/** The sealed phone of a message; null when the message is unknown. */
export async function sealedPhoneOf({ query }: Transaction, messageId: string): Promise<Buffer | null> {
  const [row] = await query<{ phoneSealed: Buffer }>(
    `select phone_sealed as "phoneSealed" from exchange.messages where id = $1`,
    [messageId],
  )
  return row?.phoneSealed ?? null
}
