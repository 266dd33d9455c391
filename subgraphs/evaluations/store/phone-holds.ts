import type { Transaction } from '../../shared/database.ts'

/** Who takes an invitation, when, and until when he holds it. */
export type Hold = { by: { id: string; name: string }; now: Date; today: string; until: Date }

/**
 * An invitation that may be called now, in the scope of the transaction: the one that expires first, of a person whom nobody called today
 * or holds, and of none in `passedOver`. It stays locked for this transaction; rows that others are taking are skipped.
 */
export async function callableInvitation(
  { query }: Transaction,
  {
    hallId,
    now,
    today,
    passedOver,
  }: { hallId: string | null; now: Date; today: string; passedOver: readonly string[] },
): Promise<{ id: string; personKey: string } | null> {
  const [row] = await query<{ id: string; personKey: string }>(
    `select i.id, i.person_key as "personKey" from evaluations.phone_invitations i
     where (i.state = 'OPEN' or (i.state = 'LOCKED' and i.locked_until <= $1)) and i.person_key is not null
       and (i.expires_at is null or i.expires_at > $1) and (i.call_again_at is null or i.call_again_at <= $1)
       and ($2::uuid is null or i.hall_id = $2) and i.person_key <> all ($4::text[])
       and not exists (
         select from evaluations.evaluation_keys k
         where k.city_code = i.city_code and k.subject_id = i.case_id and k.service_number = i.service_number and k.round = 1)
       and not exists (
         select from evaluations.phone_people p
         where p.person_key = i.person_key and (p.called_on = $3::date or p.locked_until > $1))
     order by i.expires_at nulls last, i.id limit 1 for update of i skip locked`,
    [now, hallId, today, passedOver],
  )
  return row ?? null
}

/**
 * Takes an invitation and its person. The row of the person is the last judge: of two who take two cases of one person at once, in whatever
 * places, one gets him. False when somebody else has him, or called him today.
 */
export async function holdInvitation(
  { query }: Transaction,
  { id, personKey }: { id: string; personKey: string },
  { by, now, today, until }: Hold,
): Promise<boolean> {
  const taken = await query(
    `insert into evaluations.phone_people as person (person_key, locked_until, invitation_id) values ($1, $2, $3)
     on conflict (person_key) do update set locked_until = excluded.locked_until, invitation_id = excluded.invitation_id
     where (person.locked_until is null or person.locked_until <= $4) and person.called_on is distinct from $5::date
     returning person_key`,
    [personKey, until, id, now, today],
  )
  if (taken.length === 0) return false
  await query(
    `update evaluations.phone_invitations set state = 'LOCKED', locked_until = $2, locked_by_id = $3, locked_by_name = $4
     where id = $1`,
    [id, until, by.id, by.name],
  )
  return true
}

/** Holds on to an invitation for longer. */
export async function prolongHold({ query }: Transaction, id: string, until: Date): Promise<void> {
  await query(`update evaluations.phone_people set locked_until = $2 where invitation_id = $1`, [id, until])
  await query(`update evaluations.phone_invitations set locked_until = $2 where id = $1 and state = 'LOCKED'`, [
    id,
    until,
  ])
}

/** Locks the row of an invitation for this transaction if that account holds it; false when it does not, or no longer. */
export async function lockHeld({ query }: Transaction, id: string, viewerId: string): Promise<boolean> {
  const rows = await query(
    `select from evaluations.phone_invitations where id = $1 and state = 'LOCKED' and locked_by_id = $2 for update`,
    [id, viewerId],
  )
  return rows.length === 1
}

/** Lets an invitation and its person go; a person who was called has had his call of the day. */
export async function letGo({ query }: Transaction, id: string, calledOn: string | null): Promise<void> {
  await query(
    `update evaluations.phone_people set locked_until = null, invitation_id = null, called_on = coalesce($2::date, called_on)
     where invitation_id = $1`,
    [id, calledOn],
  )
  await query(
    `update evaluations.phone_invitations set state = 'OPEN', locked_until = null, locked_by_id = null, locked_by_name = null
     where id = $1 and state = 'LOCKED'`,
    [id],
  )
}
