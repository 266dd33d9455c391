import { hmacSha256Ring, type MacRing } from './mac-ring.ts'
import { lookupHashes, openText, sealText } from './personal-data.ts'
import type { SecretKeys } from './secret-keys.ts'

/**
 * All cryptography that stored data and codes rest on, behind one object, so that another suite (国密 SM3/SM4) can
 * stand here without its callers knowing. Made once per process from the keys; holds nothing else.
 */
export type CryptoPort = {
  readonly suite: string
  /** Encrypts one personal value for one column, named `schema.table.column`; never twice to the same bytes. */
  seal(column: string, text: string): Buffer
  /** Opens what was sealed for the same column; throws SealedTextUnreadable. */
  open(column: string, envelope: Uint8Array): string
  /** As seal and open, in base64url, for columns and messages that hold text. */
  sealAsText(column: string, text: string): string
  openFromText(column: string, envelope: string): string
  /** The hash to store beside a sealed value so that it can be found. */
  lookupHash(kind: string, value: string): string
  /** The hashes to search with: one per key still in use. */
  lookupHashes(kind: string, value: string): string[]
  readonly codeMac: MacRing
  readonly sessionMac: MacRing
  readonly receiptMac: MacRing
}

/** AES-256-GCM and HMAC-SHA256 under the given keys. */
export function createCrypto(keys: SecretKeys): CryptoPort {
  const lookup = hmacSha256Ring(keys.lookup)
  const seal: CryptoPort['seal'] = (column, text) => sealText(keys.personalData, column, text)
  const open: CryptoPort['open'] = (column, envelope) => openText(keys.personalData, column, envelope)
  return {
    suite: 'AES-256-GCM, HMAC-SHA256',
    seal,
    open,
    sealAsText: (column, text) => seal(column, text).toString('base64url'),
    openFromText: (column, envelope) => open(column, Buffer.from(envelope, 'base64url')),
    lookupHash: (kind, value) => lookupHashes(lookup, kind, value)[0],
    lookupHashes: (kind, value) => lookupHashes(lookup, kind, value),
    codeMac: hmacSha256Ring(keys.codeMac),
    sessionMac: hmacSha256Ring(keys.session),
    receiptMac: hmacSha256Ring(keys.receipt),
  }
}
