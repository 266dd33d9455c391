import type { Transaction } from '../../shared/database.ts'
import { placementColumns } from '../../shared/placement-columns.ts'
import type { InvitationEnd, InvitationState } from '../domain/sms-invitation.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'

/** Plans the invitation of a case that nobody has rated; one that is not sent yet moves to the new time. */
export async function planInvitation(
  { query }: Transaction,
  serviceCase: Pick<KnownCase, 'caseId' | 'cityCode' | 'policyId' | 'placement'>,
  plan: { id: string; serviceNumber: number; tokenHash: string; nextAt: Date; now: Date },
): Promise<void> {
  const row = {
    id: plan.id,
    case_id: serviceCase.caseId,
    service_number: plan.serviceNumber,
    city_code: serviceCase.cityCode,
    policy_id: serviceCase.policyId,
    token_hash: plan.tokenHash,
    state: 'DUE',
    created_at: plan.now,
    next_at: plan.nextAt,
    ...placementColumns(serviceCase.placement),
  }
  const columns = Object.keys(row)
  const moved = ['policy_id', 'next_at', ...Object.keys(placementColumns(serviceCase.placement))]
  await query(
    `insert into evaluations.sms_invitations as kept (${columns.join(', ')})
     select ${columns.map(column => `given.${column}`).join(', ')}
     from json_populate_record(null::evaluations.sms_invitations, $1::json) given
     where not exists (
       select from evaluations.evaluation_keys k
       where k.city_code = given.city_code and k.subject_id = given.case_id and k.service_number = given.service_number and k.round = 1)
     on conflict (case_id, service_number) do update set ${moved.map(column => `${column} = excluded.${column}`).join(', ')}
     where kept.state = 'DUE'`,
    [JSON.stringify(row)],
  )
}

/** An invitation whose time has come, with its case as it is now. */
export type DueInvitation = {
  id: string
  state: InvitationState
  tokenHash: string
  serviceCase: KnownCase
  isEvaluated: boolean
}

/**
 * Takes invitations whose time has come, each by one sweep: it is leased until `leasedUntil` and due again then, so that one taken by a
 * process that was killed, or that could not be handed over, is taken up.
 */
export async function takeDueInvitations(
  { query }: Transaction,
  { now, leasedUntil, limit }: { now: Date; leasedUntil: Date; limit: number },
): Promise<DueInvitation[]> {
  type Row = { invitation_id: string; invitation_state: InvitationState; token_hash: string; is_evaluated: boolean }
  const rows = await query<Row & KnownCaseColumns>(
    `with taken as (
       update evaluations.sms_invitations set next_at = $2
       where id in (
         select id from evaluations.sms_invitations where next_at <= $1 order by next_at limit $3 for update skip locked)
       returning id, state, token_hash, case_id, service_number
     )
     select taken.id as invitation_id, taken.state as invitation_state, taken.token_hash, known.*,
       exists (select from evaluations.evaluation_keys k
         where k.city_code = known.city_code and k.subject_id = known.case_id
           and k.service_number = taken.service_number and k.round = 1) as is_evaluated
     from taken join evaluations.rateable_cases known on known.case_id = taken.case_id`,
    [now, leasedUntil, limit],
  )
  return rows.map(row => ({
    id: row.invitation_id,
    state: row.invitation_state,
    tokenHash: row.token_hash,
    serviceCase: knownCaseOf(row),
    isEvaluated: row.is_evaluated,
  }))
}

/** The message of this step is in the queue. */
export async function markInvitation(
  { query }: Transaction,
  { id, state, at, nextAt }: { id: string; state: 'SENT' | 'REMINDED'; at: Date; nextAt: Date | null },
): Promise<void> {
  const [column, before] = state === 'SENT' ? ['sent_at', 'DUE'] : ['reminded_at', 'SENT']
  await query(
    `update evaluations.sms_invitations set state = $2, ${column} = $3, next_at = $4 where id = $1 and state = $5`,
    [id, state, at, nextAt, before],
  )
}

export async function postponeInvitation({ query }: Transaction, id: string, until: Date): Promise<void> {
  await query(`update evaluations.sms_invitations set next_at = $2 where id = $1 and state <> 'ENDED'`, [id, until])
}

/** Ends an invitation; the first reason stands. */
export async function endInvitation(
  { query }: Transaction,
  { id, reason, at }: { id: string; reason: InvitationEnd; at: Date },
): Promise<void> {
  await query(
    `update evaluations.sms_invitations set state = 'ENDED', end_reason = $2, ended_at = $3, next_at = null
     where id = $1 and state <> 'ENDED'`,
    [id, reason, at],
  )
}

/** The hash of an invitation's token; null when the invitation is unknown. */
export async function tokenHashOf({ query }: Transaction, invitationId: string): Promise<string | null> {
  const [row] = await query<{ token_hash: string }>(
    `select token_hash from evaluations.sms_invitations where id = $1`,
    [invitationId],
  )
  return row?.token_hash ?? null
}

/** An invitation as a case shows it. */
export type ShownInvitation = {
  caseId: string
  state: InvitationState
  endReason: InvitationEnd | null
  sentAt: Date | null
  remindedAt: Date | null
}

/** The invitations of the first service of these cases. */
export function invitationsOfCases({ query }: Transaction, caseIds: readonly string[]): Promise<ShownInvitation[]> {
  return query<ShownInvitation>(
    `select case_id as "caseId", state, end_reason as "endReason", sent_at as "sentAt", reminded_at as "remindedAt"
     from evaluations.sms_invitations where case_id = any ($1::uuid[]) and service_number = 1`,
    [caseIds],
  )
}
