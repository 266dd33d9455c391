import type { Transaction } from '../../shared/database.ts'
import { newId } from '../../shared/uuid.ts'
import type { CallDraft } from '../domain/call-outcome.ts'

/** Keeps a call (外呼记录) and what it says of its invitation. */
export async function keepCall(
  { query }: Transaction,
  invitationId: string,
  { outcome, note, callAgainAt }: CallDraft,
  { operator, at }: { operator: { id: string; name: string }; at: Date },
): Promise<void> {
  await query(
    `insert into evaluations.phone_calls (id, invitation_id, case_id, operator_id, operator_name, outcome, note, call_again_at, called_at,
       region_path, department_id, line_id, hall_id, window_id, staff_member_id)
     select $2, id, case_id, $3, $4, $5, $6, $7, $8, region_path, department_id, line_id, hall_id, window_id, staff_member_id
     from evaluations.phone_invitations where id = $1`,
    [invitationId, newId(at.getTime()), operator.id, operator.name, outcome, note, callAgainAt, at],
  )
  await query(
    `update evaluations.phone_invitations set call_count = call_count + 1, last_outcome = $2, call_again_at = $3 where id = $1`,
    [invitationId, outcome, callAgainAt],
  )
}

/** Whether that account kept that a call about this invitation ended in a rating. */
export async function wasRatedInCall({ query }: Transaction, invitationId: string, operatorId: string) {
  const rows = await query(
    `select from evaluations.phone_calls where invitation_id = $1 and operator_id = $2 and outcome = 'RATED' limit 1`,
    [invitationId, operatorId],
  )
  return rows.length === 1
}

/** Whether somebody has rated the service of an invitation. */
export async function isInvitationRated({ query }: Transaction, invitationId: string): Promise<boolean> {
  const rows = await query(
    `select from evaluations.phone_invitations i
     join evaluations.evaluation_keys k on k.city_code = i.city_code and k.subject_id = i.case_id
       and k.service_number = i.service_number and k.round = 1
     where i.id = $1`,
    [invitationId],
  )
  return rows.length === 1
}
