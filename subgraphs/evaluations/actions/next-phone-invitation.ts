import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { HOLD_MS } from '../domain/call-outcome.ts'
import { mayInviteByPhone } from '../domain/phone-permission.ts'
import { callableInvitation, holdInvitation, letGo, lockHeld, prolongHold } from '../store/phone-holds.ts'
import { invitationHeldBy, type PhoneInvitation, phoneInvitationById } from '../store/phone-invitation-queries.ts'
import { endInvitationsOfPerson } from '../store/phone-invitations.ts'
import { isContactOptedOut } from './ask-exchange.ts'
import { type Refused, refused } from './refused.ts'

const callScope = { reach: 'EVERYTHING', name: 'sweep' } as const

/**
 * Gives the next person to call (下一个邀评) for 15 minutes: the invitation in scope that expires first, of a person whom nobody called today or
 * is calling now, and who has not said that he wants no calls. Who holds one gets it again, for another 15 minutes. Null when nobody is left.
 *
 * @throws SUBGRAPH_UNAVAILABLE, nothing held, when nobody can say whether the person wants to be called
 */
export async function nextPhoneInvitation(
  hallId: string | null,
  context: EvaluationsContext,
): Promise<{ invitation: PhoneInvitation | null } | Refused<'NotPermitted'>> {
  const { viewer, database } = context
  if (!mayInviteByPhone(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  if (hallId !== null && !isId(hallId)) return { invitation: null }
  const held = await holdAgain(context)
  if (held) return { invitation: held }
  for (;;) {
    const invitation = await holdNext(hallId, context)
    if (!invitation) return { invitation: null }
    if (!(await isUnwanted(invitation, context))) return { invitation }
    const { personKey, id } = invitation
    await database.inScope(callScope, async tx => {
      await letGo(tx, id, null)
      await endInvitationsOfPerson(tx, personKey!, 'DO_NOT_CALL', context.now())
    })
  }
}

function holdAgain({ viewer, database, now }: EvaluationsContext): Promise<PhoneInvitation | null> {
  const until = new Date(now().getTime() + HOLD_MS)
  return database.inScope(viewer.scope, async tx => {
    const held = await invitationHeldBy(tx, viewer.id)
    if (!held || !(await lockHeld(tx, held.id, viewer.id))) return null
    await prolongHold(tx, held.id, until)
    return phoneInvitationById(tx, held.id)
  })
}

/** Each try is a transaction of its own: one that lost a person to another keeps nothing that somebody may wait for. */
async function holdNext(hallId: string | null, { viewer, database, now }: EvaluationsContext) {
  const passedOver: string[] = []
  for (;;) {
    const at = now()
    const [today, until] = [shanghaiDay(at), new Date(at.getTime() + HOLD_MS)]
    const tried = await database.inScope(viewer.scope, async tx => {
      const candidate = await callableInvitation(tx, { hallId, now: at, today, passedOver })
      if (!candidate) return { invitation: null, lost: null }
      const isHeld = await holdInvitation(tx, candidate, { by: viewer, now: at, today, until })
      if (!isHeld) return { invitation: null, lost: candidate.personKey }
      return { invitation: await phoneInvitationById(tx, candidate.id), lost: null }
    })
    if (tried.lost === null) return tried.invitation
    passedOver.push(tried.lost)
  }
}

async function isUnwanted({ id, caseId }: PhoneInvitation, { database, exchange }: EvaluationsContext) {
  try {
    return await isContactOptedOut(exchange(), caseId)
  } catch (error) {
    await database.inScope(callScope, tx => letGo(tx, id, null))
    throw error
  }
}

/** Gives an invitation back without a call (放弃). */
export async function releasePhoneInvitation(
  invitationId: string,
  { viewer, database }: EvaluationsContext,
): Promise<PhoneInvitation | Refused<'NotPermitted' | 'PhoneInvitationNotHeld'>> {
  if (!mayInviteByPhone(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const released =
    isId(invitationId) &&
    (await database.inScope(viewer.scope, async tx => {
      if (!(await lockHeld(tx, invitationId, viewer.id))) return null
      await letGo(tx, invitationId, null)
      return phoneInvitationById(tx, invitationId)
    }))
  return released || refused('PhoneInvitationNotHeld', 'PHONE_INVITATION_NOT_HELD')
}
