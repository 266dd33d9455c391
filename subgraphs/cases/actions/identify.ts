import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { readCredential } from '../domain/credential.ts'
import { viewerOfHolder } from '../domain/holder-viewer.ts'
import { accountOfSession, clientOfKey, noteClientSeen } from '../store/credential-queries.ts'
import { identifyCitizen } from './identify-citizen.ts'

const signInScope = { reach: 'EVERYTHING', name: 'sign-in' } as const

/**
 * Who holds a credential (身份识别): a session token of an account or of a citizen, an API key or a device key; null when nobody does.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function identify(
  { database, crypto, now, viewer }: { database: Database; crypto: CryptoPort; now: () => Date; viewer: Viewer },
  text: string,
): Promise<Viewer | null> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const credential = readCredential(text)
  if (!credential) return null
  return database.inScope(signInScope, async tx => {
    if (credential.kind === 'SESSION') {
      const account = await accountOfSession(tx, credential.hash, now())
      return account ? viewerOfHolder(account, { id: account.sessionId, expiresAt: account.expiresAt }) : null
    }
    if (credential.kind === 'CITIZEN') return identifyCitizen(tx, crypto, { tokenHash: credential.hash }, now())
    const client = await clientOfKey(tx, credential.hash, now())
    if (!client || (client.role === 'DEVICE') !== (credential.kind === 'DEVICE')) return null
    if (client.isDueForSight) await noteClientSeen(tx, client.id, now())
    return viewerOfHolder(client, null)
  })
}
