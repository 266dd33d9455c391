import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { citizenSession, hashesOfCitizen, setSessionMandate } from '../store/citizen-queries.ts'
import { type MandateRow, mandatesInForce, organisationOfMandate } from '../store/mandate-queries.ts'
import { identifyCitizen } from './identify-citizen.ts'

export type ActingParts = { database: Database; crypto: CryptoPort; now: () => Date; viewer: Viewer }

const citizenScope = { reach: 'EVERYTHING', name: 'citizen' } as const

/**
 * From now on the signed-in person acts for an organisation by one of his own mandates in force, or with null for himself again
 * (切换办事身份); answers who he is now. The router keeps what it knows of a session for 10 seconds and may see him as before until then.
 */
export async function actFor(
  { database, crypto, now, viewer }: ActingParts,
  mandateId: string | null,
): Promise<Viewer | 'MANDATE_UNKNOWN' | 'NOT_PERMITTED'> {
  const { sessionId } = viewer
  if (viewer.kind !== 'CITIZEN' || !sessionId) return 'NOT_PERMITTED'
  return database.inScope(citizenScope, async tx => {
    const session = await citizenSession(tx, { sessionId }, now())
    if (!session) return 'NOT_PERMITTED'
    if (mandateId !== null) {
      const { documentHashes } = hashesOfCitizen(crypto, session)
      const day = shanghaiDay(now())
      const isOwn =
        isIdentifier(mandateId) && (await organisationOfMandate(tx, crypto, mandateId, documentHashes, day)) !== null
      if (!isOwn) return 'MANDATE_UNKNOWN'
    }
    await setSessionMandate(tx, sessionId, mandateId)
    return (await identifyCitizen(tx, crypto, { sessionId }, now())) ?? 'NOT_PERMITTED'
  })
}

/** The mandates that a signed-in person may act under today, and the one among them that he acts under; none for anyone else. */
export async function readOwnMandates({
  database,
  crypto,
  now,
  viewer,
}: ActingParts): Promise<{ mandates: MandateRow[]; actingFor: MandateRow | null }> {
  const { sessionId } = viewer
  const none = { mandates: [], actingFor: null }
  if (viewer.kind !== 'CITIZEN' || !sessionId) return none
  return database.inScope(citizenScope, async tx => {
    const session = await citizenSession(tx, { sessionId }, now())
    if (!session) return none
    const mandates = await mandatesInForce(tx, hashesOfCitizen(crypto, session).documentHashes, shanghaiDay(now()))
    return { mandates, actingFor: mandates.find(({ id }) => id === session.mandateId) ?? null }
  })
}
