import { afterQuietHoursOfAll } from '../../shared/clock/quiet-hours.ts'
import type { Transaction } from '../../shared/database.ts'
import { policyPresets } from '../../shared/policy/presets.ts'
import { afterFailure } from '../messages/attempts.ts'
import { invitationKinds, isInvitation } from '../messages/message.ts'
import { type Messaging, messagingScope, phoneColumn, phoneHashKind, textColumn } from '../messages/messaging.ts'
import { SmsNotSent } from '../messages/transport/sms-port.ts'
import {
  type DueMessage,
  endMessage,
  giveBack,
  markSent,
  putOff,
  takeDueMessages,
  tryAgainAt,
} from '../store/message-rows.ts'
import { optedOut } from '../store/opt-outs.ts'
import { endSmsInvitation, firstRatings } from './ask-evaluations.ts'

/** Messages taken at once; the carrier's own window decides how many of them are under way. */
export const MOST_AT_ONCE = 50
// Longer than the carrier may take for a batch; a killed worker's messages are taken up after it.
const LEASE_MS = 5 * 60_000
const EVALUATIONS_AWAY_MS = 10_000

/**
 * Sends what is due (发送): each message by one worker, invitations never at night. Right before sending it is asked once more whether
 * the case was rated and the phone has opted out, since a message may have waited. Answers how many were taken.
 *
 * @throws SUBGRAPH_UNAVAILABLE when nobody can say whether invited cases were rated: they are given back untried
 */
export async function sendDueMessages(messaging: Messaging): Promise<number> {
  const { database, now } = messaging
  const due = await database.inScope(messagingScope, async tx => {
    await putOffAtNight(tx, now())
    const leasedUntil = new Date(now().getTime() + LEASE_MS)
    return takeDueMessages(tx, { now: now(), leasedUntil, limit: MOST_AT_ONCE })
  })
  const [invitations, others] = [due.filter(isOne), due.filter(message => !isOne(message))]
  const sent = Promise.all(others.map(message => send(message, messaging)))
  const wanted = await suppressUnwanted(invitations, messaging).catch(async error => {
    const at = new Date(now().getTime() + EVALUATIONS_AWAY_MS)
    const ids = invitations.map(({ id }) => id)
    await Promise.all([sent, database.inScope(messagingScope, tx => giveBack(tx, ids, at))])
    throw error
  })
  await Promise.all([sent, ...wanted.map(message => send(message, messaging))])
  return due.length
}

const isOne = ({ kind }: DueMessage) => isInvitation(kind)

// A message does not carry its place's rules: where one place is quiet, no invitation leaves the backlog. All four keep the same hours.
async function putOffAtNight(transaction: Transaction, now: Date): Promise<void> {
  const until = afterQuietHoursOfAll(
    now,
    policyPresets.map(({ smsInvitation }) => smsInvitation.value),
  )
  if (until > now) await putOff(transaction, invitationKinds, { now, until })
}

/** Ends the invitations that nobody wants any more; answers the others. */
async function suppressUnwanted(invitations: DueMessage[], messaging: Messaging): Promise<DueMessage[]> {
  const { database, crypto } = messaging
  if (invitations.length === 0) return []
  const rated = await firstRatings(
    messaging.evaluations(),
    invitations.flatMap(({ caseId }) => caseId ?? []),
  )
  const hashesOf = (message: DueMessage) =>
    crypto.lookupHashes(phoneHashKind, crypto.open(phoneColumn, message.phoneSealed))
  return database.inScope(messagingScope, async tx => {
    const refusals = await optedOut(tx, invitations.flatMap(hashesOf))
    const wanted: DueMessage[] = []
    for (const message of invitations) {
      const isRefused = hashesOf(message).some(hash => refusals.has(hash))
      const fault = isRefused ? 'OPTED_OUT' : message.caseId && rated.has(message.caseId) ? 'RATED' : null
      if (fault) await endMessage(tx, { id: message.id, state: 'SUPPRESSED', fault })
      else wanted.push(message)
    }
    return wanted
  })
}

async function send(message: DueMessage, messaging: Messaging): Promise<void> {
  const { crypto, database, now, port } = messaging
  const { id } = message
  try {
    const phone = crypto.open(phoneColumn, message.phoneSealed)
    const { providerId } = await port.send({ id, phone, text: crypto.open(textColumn, message.textSealed) })
    await database.inScope(messagingScope, tx => markSent(tx, { id, providerId: providerId || null, at: now() }))
  } catch (error) {
    if (!(error instanceof SmsNotSent)) throw error
    const next = afterFailure(error, message.attempts, now())
    if ('nextAttemptAt' in next) return database.inScope(messagingScope, tx => tryAgainAt(tx, id, next.nextAttemptAt))
    // Told first: should that fail, the message is still there to be told of again.
    if (message.invitationId && isOne(message)) await endSmsInvitation(messaging.evaluations(), message.invitationId)
    await database.inScope(messagingScope, tx => endMessage(tx, { id, state: 'FAILED', fault: next.fault }))
  }
}
