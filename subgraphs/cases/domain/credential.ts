import { createHash } from 'node:crypto'

/** Whose credential it is, by its prefix: a session token of an account or of a citizen, the API key of a client, the key of a device. */
export type CredentialKind = 'SESSION' | 'CITIZEN' | 'CLIENT' | 'DEVICE'

const kinds: Record<string, CredentialKind> = { s: 'SESSION', z: 'CITIZEN', k: 'CLIENT', d: 'DEVICE' }

/** Reads a credential (凭据); null when it cannot be one of ours, so that nothing is looked up for it. */
export function readCredential(text: string): { kind: CredentialKind; hash: Buffer } | null {
  const match = /^hub_([szkd])_[A-Za-z0-9_-]{43}$/.exec(text)
  return match ? { kind: kinds[match[1]!]!, hash: credentialHash(text) } : null
}

/** Only this is stored: 256 random bits need no slow hash. */
export function credentialHash(credential: string): Buffer {
  return createHash('sha256').update(credential).digest()
}
