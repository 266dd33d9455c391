import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from './secret-keys.ts'

/**
 * Makes and checks message authentication codes under one purpose's keys. `domain` separates uses of the same key, so
 * that a code of one kind can never be passed off as one of another.
 */
export type MacRing = {
  readonly current: string
  /** All key ids, the current one first. */
  readonly keyIds: readonly string[]
  /** The full MAC (32 bytes); undefined for a key id that the ring does not have. */
  mac(keyId: string, domain: string, message: string | Uint8Array): Buffer | undefined
  /** Compares in constant time with the first bytes of the true MAC; false for an unknown key id. */
  verify(keyId: string, domain: string, message: string | Uint8Array, mac: Uint8Array): boolean
}

// Shorter MACs could be guessed; nothing here uses fewer than 96 bits.
const LEAST_MAC_BYTES = 12

/** HMAC-SHA256 over `domain`, a zero byte and the message. */
export function hmacSha256Ring(ring: KeyRing): MacRing {
  // Key objects are made once: handing raw bytes to every HMAC costs four times as much (15 µs against 3 µs a code).
  const keys = new Map(Object.entries(ring.keys).map(([id, bytes]) => [id, createSecretKey(bytes)]))
  const mac: MacRing['mac'] = (keyId, domain, message) => {
    const key = keys.get(keyId)
    return key && createHmac('sha256', key).update(domain).update('\0').update(message).digest()
  }
  return {
    current: ring.current,
    keyIds: [ring.current, ...[...keys.keys()].filter(id => id !== ring.current)],
    mac,
    verify(keyId, domain, message, given) {
      const expected = mac(keyId, domain, message)?.subarray(0, given.length)
      return expected?.length === given.length && given.length >= LEAST_MAC_BYTES && timingSafeEqual(expected, given)
    },
  }
}

/**
 * Hashes of a message by which a row is found again, e.g. `1.Zk3…` (key id, MAC in base64url): the current key's
 * first, which is the one to store; search with all of them, since older rows carry older keys.
 */
export function keyedHashes(ring: MacRing, domain: string, message: string): [string, ...string[]] {
  const [newest = '', ...older] = ring.keyIds.map(
    keyId => `${keyId}.${ring.mac(keyId, domain, message)!.toString('base64url')}`,
  )
  return [newest, ...older]
}
