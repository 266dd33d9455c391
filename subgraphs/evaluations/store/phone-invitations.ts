import type { Transaction } from '../../shared/database.ts'
import { placementColumns } from '../../shared/placement-columns.ts'
import type { PhoneInvitationEnd } from '../domain/call-outcome.ts'
import type { KnownCase, KnownCaseColumns } from './known-case.ts'
import { knownCaseOf } from './known-case.ts'

/** An invitation to be planned for a closed case. */
export type PlannedInvitation = {
  id: string
  serviceCase: KnownCase
  serviceNumber: number
  expiresAt: Date | null
  now: Date
}

/** Plans invitations by telephone for services that nobody has rated; what is planned already keeps its calls and moves its end. */
export async function planPhoneInvitations(
  { query }: Transaction,
  planned: readonly PlannedInvitation[],
): Promise<void> {
  if (planned.length === 0) return
  const rows = planned.map(({ id, serviceCase, serviceNumber, expiresAt, now }) => ({
    id,
    case_id: serviceCase.caseId,
    service_number: serviceNumber,
    city_code: serviceCase.cityCode,
    state: 'OPEN',
    closed_at: serviceCase.closedAt,
    expires_at: expiresAt,
    call_count: 0,
    created_at: now,
    ...placementColumns(serviceCase.placement),
  }))
  const columns = Object.keys(rows[0]!)
  const moved = ['closed_at', 'expires_at', ...Object.keys(placementColumns(planned[0]!.serviceCase.placement))]
  await query(
    `insert into evaluations.phone_invitations as kept (${columns.join(', ')})
     select ${columns.map(column => `given.${column}`).join(', ')}
     from json_populate_recordset(null::evaluations.phone_invitations, $1::json) given
     where not exists (
       select from evaluations.evaluation_keys k
       where k.city_code = given.city_code and k.subject_id = given.case_id and k.service_number = given.service_number and k.round = 1)
     on conflict (case_id, service_number) do update set ${moved.map(column => `${column} = excluded.${column}`).join(', ')},
       state = case when kept.end_reason = 'NOT_RATEABLE' then 'OPEN' else kept.state end,
       end_reason = nullif(kept.end_reason, 'NOT_RATEABLE'),
       ended_at = case when kept.end_reason = 'NOT_RATEABLE' then null else kept.ended_at end
     where kept.state in ('OPEN', 'LOCKED') or kept.end_reason = 'NOT_RATEABLE'`,
    [JSON.stringify(rows)],
  )
}

const ending = `state = 'DONE', end_reason = $2, ended_at = $3, locked_until = null, locked_by_id = null, locked_by_name = null`

/** Ends the open invitations of a case, or of one service of it. */
export async function endInvitationsOfCase(
  { query }: Transaction,
  { caseId, serviceNumber = null }: { caseId: string; serviceNumber?: number | null },
  reason: PhoneInvitationEnd,
  at: Date,
): Promise<void> {
  await query(
    `update evaluations.phone_invitations set ${ending}
     where case_id = $1 and ($4::smallint is null or service_number = $4) and state in ('OPEN', 'LOCKED')`,
    [caseId, reason, at, serviceNumber],
  )
}

/** Ends all open invitations of a person, wherever his cases lie. */
export async function endInvitationsOfPerson(
  { query }: Transaction,
  personKey: string,
  reason: PhoneInvitationEnd,
  at: Date,
): Promise<void> {
  await query(
    `update evaluations.phone_invitations set ${ending} where person_key = $1 and state in ('OPEN', 'LOCKED')`,
    [personKey, reason, at],
  )
}

/** Closed cases of the last days without an invitation and unrated, in the order of their ids: what was there before anybody planned. */
export async function unplannedCases(
  { query }: Transaction,
  { since, behind, limit }: { since: Date; behind: string | null; limit: number },
): Promise<KnownCase[]> {
  const rows = await query<KnownCaseColumns>(
    `select known.* from evaluations.rateable_cases known
     where known.state = 'CLOSED' and known.is_valid and not known.is_probe and known.closed_at > $1
       and ($2::uuid is null or known.case_id > $2)
       and not exists (select from evaluations.phone_invitations i where i.case_id = known.case_id and i.service_number = 1)
       and not exists (
         select from evaluations.evaluation_keys k
         where k.city_code = known.city_code and k.subject_id = known.case_id and k.service_number = 1 and k.round = 1)
     order by known.case_id limit $3`,
    [since, behind, limit],
  )
  return rows.map(knownCaseOf)
}

/** Invitations of whose person nothing is known yet, the oldest first. */
export async function invitationsOfNobody({ query }: Transaction, limit: number): Promise<{ caseId: string }[]> {
  return query<{ caseId: string }>(
    `select case_id as "caseId" from evaluations.phone_invitations where state = 'OPEN' and person_key is null order by id limit $1`,
    [limit],
  )
}

/** Keeps who the persons of these cases are; those without a telephone are never called. */
export async function keepPeople(
  { query }: Transaction,
  asked: readonly string[],
  known: readonly { caseId: string; phoneKey: string }[],
  now: Date,
): Promise<void> {
  await query(
    `update evaluations.phone_invitations i set person_key = given.person_key
     from json_to_recordset($1::json) as given (case_id uuid, person_key text)
     where i.case_id = given.case_id and i.person_key is null`,
    [JSON.stringify(known.map(({ caseId, phoneKey }) => ({ case_id: caseId, person_key: phoneKey })))],
  )
  await query(
    `update evaluations.phone_invitations set state = 'DONE', end_reason = 'NO_PHONE', ended_at = $2
     where case_id = any ($1::uuid[]) and person_key is null and state = 'OPEN'`,
    [asked, now],
  )
}

/** Ends what was not rated in time, and gives back what was held too long. */
export async function releaseOverdue({ query }: Transaction, now: Date): Promise<void> {
  await query(
    `update evaluations.phone_invitations set state = 'OPEN', locked_until = null, locked_by_id = null, locked_by_name = null
     where state = 'LOCKED' and locked_until <= $1`,
    [now],
  )
  await query(
    `update evaluations.phone_invitations set state = 'EXPIRED', end_reason = 'WINDOW_OVER', ended_at = $1
     where state = 'OPEN' and expires_at <= $1`,
    [now],
  )
}

/** Open invitations whose end could not be told while the calendar of a year was missing. */
export async function invitationsWithoutEnd({ query }: Transaction, limit: number): Promise<KnownCase[]> {
  const rows = await query<KnownCaseColumns>(
    `select known.* from evaluations.phone_invitations i join evaluations.rateable_cases known on known.case_id = i.case_id
     where i.state = 'OPEN' and i.expires_at is null order by i.id limit $1`,
    [limit],
  )
  return rows.map(knownCaseOf)
}

export async function setInvitationEnd({ query }: Transaction, caseId: string, expiresAt: Date): Promise<void> {
  await query(
    `update evaluations.phone_invitations set expires_at = $2 where case_id = $1 and state = 'OPEN' and expires_at is null`,
    [caseId, expiresAt],
  )
}
