import { keyedHashes, type MacRing } from '../../shared/crypto/mac-ring.ts'
import { halfWidth } from '../../shared/people/half-width.ts'

/** `number` is grouped by four: `K7QX-3MPD-0WZT-9H4C`. */
export type ReceiptNumber = { ok: true; number: string } | { ok: false; fault: 'LENGTH' | 'CHARACTERS' }

/** What each fault says to the person at the keyboard. */
export const receiptNumberFaults = {
  LENGTH: { zh: '回执编号应为16位', en: 'a receipt number has 16 characters' },
  CHARACTERS: {
    zh: '回执编号只含数字和除 I、L、O、U 以外的字母',
    en: 'a receipt number has digits and letters other than I, L, O and U',
  },
} as const

// Crockford's alphabet: 32 characters, no I, L, O, U. Sixteen of them carry 80 bits.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 16
const NUMBER_DOMAIN = 'receipt-number/1'
const LOOKUP_DOMAIN = 'receipt-lookup/1'

/**
 * The receipt number (回执编号) of a rating: a secret of 80 bits derived from its id under a receipt key, so that the
 * same rating is always answered with the same number and none has to be stored. Keep the key id with the rating:
 * after a rotation the number is derived under the old key. Throws when that key is gone.
 */
export function receiptNumberOf(evaluationId: string, ring: MacRing, keyId: string = ring.current): string {
  const mac = ring.mac(keyId, NUMBER_DOMAIN, evaluationId.toLowerCase())
  if (!mac) throw new Error(`no receipt key ${keyId}`)
  const bits = BigInt(`0x${mac.toString('hex', 0, (CHARACTERS * 5) / 8)}`)
  return grouped(Array.from({ length: CHARACTERS }, (_, i) => ALPHABET[Number((bits >> BigInt(i * 5)) & 31n)]).join(''))
}

/** Reads a receipt number as typed or spoken: case, blanks and dashes do not matter, O is 0, I and L are 1. */
export function readReceiptNumber(text: string): ReceiptNumber {
  const typed = halfWidth(text).replaceAll('O', '0').replace(/[IL]/g, '1')
  if (typed.length !== CHARACTERS) return { ok: false, fault: 'LENGTH' }
  if (![...typed].every(character => ALPHABET.includes(character))) return { ok: false, fault: 'CHARACTERS' }
  return { ok: true, number: grouped(typed) }
}

/**
 * Keyed hashes by which a rating is found from its receipt number; the first one is the one to store. The table alone
 * tells nobody a receipt number.
 */
export function receiptHashes(number: string, ring: MacRing): [string, ...string[]] {
  return keyedHashes(ring, LOOKUP_DOMAIN, number)
}

function grouped(characters: string): string {
  return characters.replace(/.{4}(?=.)/g, '$&-')
}
