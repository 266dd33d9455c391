import type { Transaction } from '../../shared/database.ts'
import { newId } from '../../shared/uuid.ts'

/** A rating by telephone whose rater is to be told what was recorded. */
export type DuePhoneMessage = { evaluationId: string; caseId: string; serviceNumber: number; level: number }

/** Takes ratings whose message is due, each by one sweep; those that cannot be handed over are due again then. */
export function takeDuePhoneMessages(
  { query }: Transaction,
  { now, leasedUntil, limit }: { now: Date; leasedUntil: Date; limit: number },
): Promise<DuePhoneMessage[]> {
  return query<DuePhoneMessage>(
    `update evaluations.call_backs set message_due_at = $2
     where evaluation_id in (
       select evaluation_id from evaluations.call_backs where message_due_at <= $1 order by message_due_at limit $3 for update skip locked)
     returning evaluation_id as "evaluationId", case_id as "caseId", service_number as "serviceNumber", level`,
    [now, leasedUntil, limit],
  )
}

export async function markTold({ query }: Transaction, evaluationId: string): Promise<void> {
  await query(`update evaluations.call_backs set message_due_at = null where evaluation_id = $1`, [evaluationId])
}

/**
 * The SMS link of a rated service: that of its invitation, or, where none was ever planned, of one that is over from the start. Null
 * when the case is unknown.
 */
export async function linkOfRatedService(
  { query }: Transaction,
  { caseId, serviceNumber }: DuePhoneMessage,
  made: { now: Date; tokenHashOf: (id: string) => string },
): Promise<{ id: string; tokenHash: string } | null> {
  const id = newId(made.now.getTime())
  await query(
    `insert into evaluations.sms_invitations (id, case_id, service_number, city_code, policy_id, token_hash, state, end_reason, created_at,
       ended_at, region_path, department_id, line_id, hall_id, window_id, staff_member_id)
     select $3, case_id, $2, city_code, policy_id, $4, 'ENDED', 'RATED', $5, $5,
       region_path, department_id, line_id, hall_id, window_id, staff_member_id
     from evaluations.rateable_cases where case_id = $1
     on conflict (case_id, service_number) do nothing`,
    [caseId, serviceNumber, id, made.tokenHashOf(id), made.now],
  )
  const [row] = await query<{ id: string; tokenHash: string }>(
    `select id, token_hash as "tokenHash" from evaluations.sms_invitations where case_id = $1 and service_number = $2`,
    [caseId, serviceNumber],
  )
  return row ?? null
}
