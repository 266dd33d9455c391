import type { Transaction } from '../../shared/database.ts'
import type { CallOutcome, PhoneInvitationEnd, PhoneInvitationState } from '../domain/call-outcome.ts'

/** An invitation by telephone as screens show it (电话邀评). */
export type PhoneInvitation = {
  id: string
  caseId: string
  serviceNumber: number
  state: PhoneInvitationState
  endReason: PhoneInvitationEnd | null
  personKey: string | null
  policyId: string
  matterName: string
  departmentName: string
  hallName: string | null
  windowNumber: string | null
  staffNumber: string | null
  hasFees: boolean
  involvesIntermediary: boolean
  closedAt: Date
  expiresAt: Date | null
  callCount: number
  lastOutcome: CallOutcome | null
  lastNote: string | null
  callAgainAt: Date | null
  lockedUntil: Date | null
  lockedById: string | null
  lockedByName: string | null
}

const selected = `
  select i.id, i.case_id as "caseId", i.service_number as "serviceNumber", i.state, i.end_reason as "endReason",
    i.person_key as "personKey", known.policy_id as "policyId", known.matter_name as "matterName",
    known.department_name as "departmentName", known.hall_name as "hallName", known.window_number as "windowNumber",
    known.staff_number as "staffNumber", known.has_fees as "hasFees", known.involves_intermediary as "involvesIntermediary",
    i.closed_at as "closedAt", i.expires_at as "expiresAt", i.call_count as "callCount", i.last_outcome as "lastOutcome",
    called.note as "lastNote", i.call_again_at as "callAgainAt", i.locked_until as "lockedUntil",
    i.locked_by_id as "lockedById", i.locked_by_name as "lockedByName"
  from evaluations.phone_invitations i
  join evaluations.rateable_cases known on known.case_id = i.case_id
  left join lateral (
    select c.note from evaluations.phone_calls c where c.invitation_id = i.id order by c.id desc limit 1
  ) called on true`

export async function phoneInvitationById({ query }: Transaction, id: string): Promise<PhoneInvitation | null> {
  return (await query<PhoneInvitation>(`${selected} where i.id = $1`, [id]))[0] ?? null
}

/** The invitation that somebody holds; null when none, or no longer. */
export async function invitationHeldBy({ query }: Transaction, viewerId: string): Promise<PhoneInvitation | null> {
  const held = `where i.state = 'LOCKED' and i.locked_by_id = $1 order by i.locked_until desc limit 1`
  return (await query<PhoneInvitation>(`${selected} ${held}`, [viewerId]))[0] ?? null
}

/** The invitation of a service; null when none was planned. */
export async function invitationOfService(
  { query }: Transaction,
  caseId: string,
  serviceNumber: number,
): Promise<PhoneInvitation | null> {
  const where = 'where i.case_id = $1 and i.service_number = $2'
  return (await query<PhoneInvitation>(`${selected} ${where}`, [caseId, serviceNumber]))[0] ?? null
}

export type InvitationSelection = { state: PhoneInvitationState | null; hallId: string | null }

// What has no end yet comes last; no instant is later than this one.
const UNENDING = `'9999-12-31'::timestamptz`

/** A page of invitations in the scope of the transaction, those that expire first at the top; open and held ones unless a state is named. */
export function phoneInvitationsPage(
  { query }: Transaction,
  { state, hallId }: InvitationSelection,
  behind: { at: string | null; id: string } | null,
  limit: number,
): Promise<PhoneInvitation[]> {
  return query<PhoneInvitation>(
    `${selected}
     where i.state = any ($1::text[]) and ($2::uuid is null or i.hall_id = $2)
       and ($4::uuid is null or (coalesce(i.expires_at, ${UNENDING}), i.id) > (coalesce($3::timestamptz, ${UNENDING}), $4::uuid))
     order by coalesce(i.expires_at, ${UNENDING}), i.id limit $5`,
    [state ? [state] : ['OPEN', 'LOCKED'], hallId, behind?.at ?? null, behind?.id ?? null, limit],
  )
}

/** How many invitations are open and held in the scope of the transaction, and how many of both end before an instant. */
export async function countInvitations(
  { query }: Transaction,
  hallId: string | null,
  endOfToday: Date,
): Promise<{ open: number; locked: number; expiringToday: number }> {
  const [counts] = await query<{ open: number; locked: number; expiringToday: number }>(
    `select count(*) filter (where state = 'OPEN')::int as open, count(*) filter (where state = 'LOCKED')::int as locked,
       count(*) filter (where expires_at <= $2)::int as "expiringToday"
     from evaluations.phone_invitations where state in ('OPEN', 'LOCKED') and ($1::uuid is null or hall_id = $1)`,
    [hallId, endOfToday],
  )
  return counts!
}
