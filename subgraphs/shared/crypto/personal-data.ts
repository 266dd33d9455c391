import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { halfWidth } from '../people/half-width.ts'
import { keyedHashes, type MacRing } from './mac-ring.ts'
import type { KeyRing } from './secret-keys.ts'

/**
 * A sealed text cannot be opened: altered, moved from another column, or sealed under a key that is gone.
 * Never carries the text or the envelope.
 */
export class SealedTextUnreadable extends Error {
  override readonly name = 'SealedTextUnreadable'
  readonly code = 'SEALED_TEXT_UNREADABLE'
}

// Envelope: version 1 byte, key id 1, nonce 12, ciphertext, tag 16. Another suite takes another version.
const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 2
const NONCE_END = HEADER_BYTES + NONCE_BYTES

/**
 * Encrypts one personal value (个人信息) for one column, AES-256-GCM. The column is authenticated, so a phone copied
 * into the name column does not open there. With random nonces a key is good for 2^32 values: rotate it every year.
 */
export function sealText(ring: KeyRing, column: string, text: string): Buffer {
  const header = Buffer.from([VERSION, Number(ring.current)])
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', ring.keys[ring.current]!, nonce)
  cipher.setAAD(authenticated(header, column))
  return Buffer.concat([header, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Opens what sealText made for the same column; throws SealedTextUnreadable. */
export function openText(ring: KeyRing, column: string, envelope: Uint8Array): string {
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength)
  if (bytes.length < NONCE_END + TAG_BYTES || bytes[0] !== VERSION) {
    throw new SealedTextUnreadable(`not a sealed text of version ${VERSION} (column ${column})`)
  }
  const key = ring.keys[String(bytes[1])]
  if (!key) throw new SealedTextUnreadable(`no personal-data key ${bytes[1]} (column ${column})`)
  const tagStart = bytes.length - TAG_BYTES
  const options = { authTagLength: TAG_BYTES }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(HEADER_BYTES, NONCE_END), options)
  decipher.setAAD(authenticated(bytes.subarray(0, HEADER_BYTES), column)).setAuthTag(bytes.subarray(tagStart))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_END, tagStart)), decipher.final()]).toString('utf8')
  } catch {
    throw new SealedTextUnreadable(`altered, or sealed for another column (column ${column})`)
  }
}

/**
 * Keyed hashes by which a value is found without being stored readable; the first one is the one to store.
 * `kind` keeps a phone from matching a document number. Full-width forms, blanks, dashes and case do not matter.
 */
export function lookupHashes(ring: MacRing, kind: string, value: string): [string, ...string[]] {
  return keyedHashes(ring, `personal-data/lookup/${kind}`, halfWidth(value))
}

function authenticated(header: Uint8Array, column: string): Buffer {
  return Buffer.concat([header, Buffer.from(`personal-data/${column}`)])
}
