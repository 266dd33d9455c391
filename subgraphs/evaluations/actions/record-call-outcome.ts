import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { type CallDraft, endOfCall, problemsOfCall } from '../domain/call-outcome.ts'
import { mayInviteByPhone } from '../domain/phone-permission.ts'
import { isInvitationRated, keepCall } from '../store/phone-calls.ts'
import { letGo, lockHeld } from '../store/phone-holds.ts'
import { type PhoneInvitation, phoneInvitationById } from '../store/phone-invitation-queries.ts'
import { endInvitationsOfCase, endInvitationsOfPerson } from '../store/phone-invitations.ts'
import { optOutContact } from './ask-exchange.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'

/** A person is one person in all places, and a wish not to be called holds in all of them. */
const callScope = { reach: 'EVERYTHING', name: 'sweep' } as const

/**
 * Keeps how a call ended (登记通话结果) and lets the invitation go; its person has had his call of the day. A refusal or a wrong number ends all that
 * is open for this person; a wish not to be called is kept for calls and messages everywhere.
 *
 * @throws SUBGRAPH_UNAVAILABLE, nothing kept, when the wish cannot be handed over
 */
export async function recordCallOutcome(
  { invitationId, ...draft }: CallDraft & { invitationId: string },
  context: EvaluationsContext,
): Promise<PhoneInvitation | InvalidInput | Refused<'NotPermitted' | 'PhoneInvitationNotHeld'>> {
  const { viewer, database } = context
  if (!mayInviteByPhone(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const found = isId(invitationId) ? await readHeld(invitationId, context) : null
  if (!found) return refused('PhoneInvitationNotHeld', 'PHONE_INVITATION_NOT_HELD')
  const problems = problemsOfCall(draft, found, context.now())
  if (problems.length > 0) return invalidInput(problems)
  if (draft.outcome === 'DO_NOT_CALL') await optOutContact(context.exchange(), found.caseId)
  if (!(await closeHeldCall(invitationId, draft, context))) {
    return refused('PhoneInvitationNotHeld', 'PHONE_INVITATION_NOT_HELD')
  }
  return database.inScope(viewer.scope, async tx => (await phoneInvitationById(tx, invitationId))!)
}

function readHeld(invitationId: string, { viewer, database }: EvaluationsContext) {
  return database.inScope(viewer.scope, async tx => {
    const invitation = await phoneInvitationById(tx, invitationId)
    if (invitation?.state !== 'LOCKED' || invitation.lockedById !== viewer.id) return null
    return { ...invitation, isRated: await isInvitationRated(tx, invitationId) }
  })
}

/** Keeps a call of the viewer and what ends with it, in one transaction; false when he does not hold the invitation, or no longer. */
export function closeHeldCall(
  invitationId: string,
  draft: CallDraft,
  { viewer, database, now }: EvaluationsContext,
): Promise<boolean> {
  const at = now()
  return database.inScope(callScope, async tx => {
    const invitation = (await lockHeld(tx, invitationId, viewer.id)) && (await phoneInvitationById(tx, invitationId))
    if (!invitation) return false
    const { caseId, serviceNumber, personKey } = invitation
    await keepCall(tx, invitationId, draft, { operator: viewer, at })
    await letGo(tx, invitationId, shanghaiDay(at))
    const end = endOfCall(draft.outcome)
    if (end?.isOfPerson && personKey !== null) await endInvitationsOfPerson(tx, personKey, end.reason, at)
    else if (end) await endInvitationsOfCase(tx, { caseId, serviceNumber }, end.reason, at)
    return true
  })
}
