import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { smsTokenHash, smsTokenOf } from '../domain/sms-token.ts'
import { type DuePhoneMessage, linkOfRatedService, markTold, takeDuePhoneMessages } from '../store/phone-messages.ts'
import { queueMessage } from './ask-exchange.ts'
import { linkOf } from './send-sms-invitations.ts'

export type PhoneTeller = {
  database: Database
  crypto: CryptoPort
  now: () => Date
  publicUrl: string
  exchange: () => Subgraph
}

const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const
const MOST_AT_ONCE = 50
// Pause after which a message that could not be handed over is tried again.
const LEASE_MS = 60_000

/**
 * Tells applicants by SMS what was recorded on the phone (电话评价确认), with the link by which they may correct it or add to it: it goes to the
 * telephone of the case, so that a rating that nobody gave comes to light. Answers whether there is more, and the faults of those that failed.
 */
export async function tellPhoneRatings(teller: PhoneTeller): Promise<{ isMore: boolean; faults: unknown[] }> {
  const now = teller.now()
  const leasedUntil = new Date(now.getTime() + LEASE_MS)
  const due = await teller.database.inScope(sweepScope, tx =>
    takeDuePhoneMessages(tx, { now, leasedUntil, limit: MOST_AT_ONCE }),
  )
  const results = await Promise.allSettled(due.map(rating => tell(rating, now, teller)))
  const faults = results.flatMap(each => (each.status === 'rejected' ? [each.reason] : []))
  return { isMore: due.length === MOST_AT_ONCE, faults }
}

async function tell(rating: DuePhoneMessage, now: Date, teller: PhoneTeller): Promise<void> {
  const { database, crypto, exchange } = teller
  const { evaluationId, caseId, level } = rating
  const tokenHashOf = (id: string) => smsTokenHash(smsTokenOf(id, crypto.codeMac), crypto.codeMac)
  const link = await database.inScope(sweepScope, tx => linkOfRatedService(tx, rating, { now, tokenHashOf }))
  if (link) {
    const key = `phone-rating:${evaluationId}`
    const url = linkOf(link, teller)
    await queueMessage(exchange(), { key, kind: 'PHONE_RATING_RECORDED', caseId, invitationId: link.id, url, level })
  }
  await database.inScope(sweepScope, tx => markTold(tx, evaluationId))
}
