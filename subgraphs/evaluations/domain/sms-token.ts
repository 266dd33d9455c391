import { keyedHashes, type MacRing } from '../../shared/crypto/mac-ring.ts'

// 12 bytes make 16 characters of base64url without a rest: 96 bits, and a link that fits into a message.
const TOKEN_BYTES = 12
const TOKEN_TEXT = /^[A-Za-z0-9_-]{16}$/
const TOKEN_DOMAIN = 'sms-link/1'
const LOOKUP_DOMAIN = 'sms-link-lookup/1'

/**
 * The secret part of an invitation's link (短信链接), 16 characters behind `/r/`: derived from the invitation's id, so that the reminder
 * carries the same one and none has to be stored. After a rotation name the key it was made with. Throws when that key is gone.
 */
export function smsTokenOf(invitationId: string, ring: MacRing, keyId: string = ring.current): string {
  const mac = ring.mac(keyId, TOKEN_DOMAIN, invitationId.toLowerCase())
  if (!mac) throw new Error(`no code key ${keyId}`)
  return mac.toString('base64url', 0, TOKEN_BYTES)
}

/** Whether a text can be such a token at all: asked before any database read. */
export function isSmsToken(text: string): boolean {
  return TOKEN_TEXT.test(text)
}

/** The hash to store beside an invitation, e.g. `1.Zk3…`: its key's id comes first. The table alone tells nobody a link. */
export function smsTokenHash(token: string, ring: MacRing): string {
  return smsTokenHashes(token, ring)[0]
}

/** The hashes to search with: one per key still in use. */
export function smsTokenHashes(token: string, ring: MacRing): [string, ...string[]] {
  return keyedHashes(ring, LOOKUP_DOMAIN, token)
}

/** The key by which an invitation's token and hash were made. */
export function smsTokenKeyOf(tokenHash: string): string {
  return tokenHash.slice(0, tokenHash.indexOf('.'))
}
