import { graphError } from '../../shared/graph-error.ts'
import { readPhone } from '../../shared/people/phone.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { type Messaging, messagingScope, phoneHashKind } from '../messages/messaging.ts'
import { keepOptOut, optedOut } from '../store/opt-outs.ts'
import { contactOfCase } from './ask-cases.ts'

/**
 * Whether the applicant of a case wants neither messages nor calls (退订、勿扰), whichever way he said so.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself, SUBGRAPH_UNAVAILABLE
 */
export async function isContactOptedOut(caseId: string, viewer: Viewer, messaging: Messaging): Promise<boolean> {
  const phone = await phoneOfCase(caseId, viewer, messaging)
  if (phone === null) return false
  const { database, crypto } = messaging
  const refusals = await database.inScope(messagingScope, tx => optedOut(tx, crypto.lookupHashes(phoneHashKind, phone)))
  return refusals.size > 0
}

/**
 * Keeps that the applicant of a case wants neither messages nor calls, as he said on the phone; false where he left none.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself, SUBGRAPH_UNAVAILABLE
 */
export async function optOutContact(caseId: string, viewer: Viewer, messaging: Messaging): Promise<boolean> {
  const phone = await phoneOfCase(caseId, viewer, messaging)
  if (phone === null) return false
  const { database, crypto, now } = messaging
  const phoneHash = crypto.lookupHash(phoneHashKind, phone)
  await database.inScope(messagingScope, tx => keepOptOut(tx, { phoneHash, at: now(), source: 'STAFF' }))
  return true
}

async function phoneOfCase(caseId: string, viewer: Viewer, messaging: Messaging): Promise<string | null> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const contact = await contactOfCase(messaging.cases(), caseId)
  const phone = contact && readPhone(contact.phone)
  return phone?.ok ? phone.number : null
}
