import { randomBytes } from 'node:crypto'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { readCitizenIdentity, type VouchedIdentity } from '../domain/citizen-identity.ts'
import { credentialHash } from '../domain/credential.ts'
import { insertCitizenSession, upsertCitizen } from '../store/citizen-queries.ts'

/** Life of a citizen's session, hours: one visit at home; phones and public computers are passed on. */
const sessionHours = 2

/**
 * Opens a session for whoever an identity provider vouches for (实名登录): token `hub_z_…`, stored hashed only, for 2 hours. Whoever comes
 * again under the same issuer and subject is the same person, with what the provider says of him now.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself, BAD_USER_INPUT without issuer, subject or name
 */
export async function openCitizenSession(
  { database, crypto, now, viewer }: { database: Database; crypto: CryptoPort; now: () => Date; viewer: Viewer },
  vouched: VouchedIdentity,
): Promise<{ token: string; expiresAt: Date; isNew: boolean }> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const createdAt = now()
  const identity = readCitizenIdentity(vouched, createdAt)
  if (!identity) throw graphError('BAD_USER_INPUT', { fact: 'issuer, subject, name' })
  const token = `hub_z_${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(createdAt.getTime() + sessionHours * 3_600_000)
  return database.inScope({ reach: 'EVERYTHING', name: 'sign-in' }, async tx => {
    const { id: citizenId, isNew } = await upsertCitizen(tx, crypto, identity, createdAt)
    await insertCitizenSession(tx, { tokenHash: credentialHash(token), citizenId, createdAt, expiresAt })
    return { token, expiresAt, isNew }
  })
}
