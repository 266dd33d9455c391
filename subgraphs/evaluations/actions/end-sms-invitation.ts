import { graphError } from '../../shared/graph-error.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import type { InvitationEnd } from '../domain/sms-invitation.ts'
import { endInvitation } from '../store/sms-invitations.ts'

const reasons: readonly InvitationEnd[] = ['OPTED_OUT', 'NO_PHONE', 'UNDELIVERABLE']
const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const

/**
 * Ends an invitation whose message will never arrive (短信无法送达): no reminder follows. Its link still works.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself, BAD_USER_INPUT for a reason that is not exchange's to give
 */
export async function endSmsInvitation(
  { invitationId, reason }: { invitationId: string; reason: string },
  { viewer, database, now }: EvaluationsContext,
): Promise<boolean> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const known = reasons.find(each => each === reason)
  if (!known || !isId(invitationId)) throw graphError('BAD_USER_INPUT', { fact: `reason ${reason}` })
  await database.inScope(sweepScope, tx => endInvitation(tx, { id: invitationId, reason: known, at: now() }))
  return true
}
