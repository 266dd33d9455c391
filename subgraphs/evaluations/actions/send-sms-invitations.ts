import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { rateableCase } from '../domain/rateable-case.ts'
import { nextStep, reminderAt } from '../domain/sms-invitation.ts'
import { smsTokenKeyOf, smsTokenOf } from '../domain/sms-token.ts'
import {
  type DueInvitation,
  endInvitation,
  markInvitation,
  postponeInvitation,
  takeDueInvitations,
} from '../store/sms-invitations.ts'
import { queueMessage } from './ask-exchange.ts'

export type InvitationSender = {
  database: Database
  crypto: CryptoPort
  now: () => Date
  publicUrl: string
  /** The exchange subgraph over the internal hop. */
  exchange: () => Subgraph
}

/** Invitations taken by one sweep at once. */
export const MOST_AT_ONCE = 50
// Pause after which an invitation that could not be handed over is tried again.
const LEASE_MS = 60_000
const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const

/**
 * Hands the invitations whose time has come to exchange (短消息追评), or ends them. A rating by any channel ends an invitation before
 * its message or its reminder. Answers how many were taken and the faults of those that could not be handed over.
 */
export async function sendSmsInvitations(sender: InvitationSender): Promise<{ taken: number; faults: unknown[] }> {
  const now = sender.now()
  const leasedUntil = new Date(now.getTime() + LEASE_MS)
  const due = await sender.database.inScope(sweepScope, tx =>
    takeDueInvitations(tx, { now, leasedUntil, limit: MOST_AT_ONCE }),
  )
  const results = await Promise.allSettled(due.map(invitation => takeStep(invitation, now, sender)))
  return { taken: due.length, faults: results.flatMap(one => (one.status === 'rejected' ? [one.reason] : [])) }
}

async function takeStep(invitation: DueInvitation, now: Date, sender: InvitationSender): Promise<void> {
  const { id, state, serviceCase, isEvaluated } = invitation
  const policy = policyOfCase(serviceCase.policyId, now)
  const step = nextStep(state, rateableCase(serviceCase, isEvaluated), now, policy)
  const { database } = sender
  if ('end' in step) return database.inScope(sweepScope, tx => endInvitation(tx, { id, reason: step.end, at: now }))
  if ('waitUntil' in step) return database.inScope(sweepScope, tx => postponeInvitation(tx, id, step.waitUntil))
  const isFirst = step.send === 'INVITATION'
  const answer = await queueMessage(sender.exchange(), {
    key: `${id}:${isFirst ? 1 : 2}`,
    kind: isFirst ? 'RATING_INVITATION' : 'RATING_REMINDER',
    caseId: serviceCase.caseId,
    invitationId: id,
    url: linkOf(invitation, sender),
  })
  await database.inScope(sweepScope, tx =>
    answer.state === 'SUPPRESSED'
      ? endInvitation(tx, { id, reason: answer.reason, at: now })
      : isFirst
        ? markInvitation(tx, { id, state: 'SENT', at: now, nextAt: reminderAt(now, policy) })
        : markInvitation(tx, { id, state: 'REMINDED', at: now, nextAt: null }),
  )
}

/** The link of an invitation, the same for message, reminder and answers. */
export function linkOf(
  { id, tokenHash }: Pick<DueInvitation, 'id' | 'tokenHash'>,
  { crypto, publicUrl }: Pick<InvitationSender, 'crypto' | 'publicUrl'>,
): string {
  return `${publicUrl}/r/${smsTokenOf(id, crypto.codeMac, smsTokenKeyOf(tokenHash))}`
}
