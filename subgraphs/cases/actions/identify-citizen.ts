import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { viewerOfCitizen } from '../domain/citizen-viewer.ts'
import {
  type CitizenSessionRow,
  casesOfDocument,
  casesOfPersonsPhone,
  citizenSession,
  hashesOfCitizen,
} from '../store/citizen-queries.ts'
import { organisationOfMandate } from '../store/mandate-queries.ts'

/**
 * Who holds a citizen's session (实名用户); null when it ended or expired. He sees his cases by his document, without one by his phone;
 * under a mandate in force today, those of its organisation instead. A mandate that is over leaves him acting for himself.
 */
export async function identifyCitizen(
  tx: Transaction,
  crypto: CryptoPort,
  by: { tokenHash: Buffer } | { sessionId: string },
  now: Date,
): Promise<Viewer | null> {
  const session = await citizenSession(tx, by, now)
  if (!session) return null
  const organisation = await organisationOfSession(tx, crypto, session, now)
  if (organisation) return viewerOfCitizen(session, true, await casesOfDocument(tx, organisation))
  return viewerOfCitizen(session, false, await ownCases(tx, crypto, session))
}

function organisationOfSession(
  tx: Transaction,
  crypto: CryptoPort,
  session: CitizenSessionRow,
  now: Date,
): Promise<string[] | null> {
  if (session.mandateId === null) return Promise.resolve(null)
  const { documentHashes } = hashesOfCitizen(crypto, session)
  return organisationOfMandate(tx, crypto, session.mandateId, documentHashes, shanghaiDay(now))
}

async function ownCases(tx: Transaction, crypto: CryptoPort, session: CitizenSessionRow): Promise<string[]> {
  const { documentHashes, phoneHashes } = hashesOfCitizen(crypto, session)
  if (documentHashes.length > 0) return casesOfDocument(tx, documentHashes)
  return phoneHashes.length > 0 ? casesOfPersonsPhone(tx, phoneHashes) : []
}
