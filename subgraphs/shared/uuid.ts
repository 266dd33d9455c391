import { randomFillSync } from 'node:crypto'

/**
 * A new id (UUIDv7, RFC 9562): 48 bits of milliseconds, then random. Ids sort by time, and months are ranges of ids.
 *
 * @param at the instant it carries; rows of the past get ids of the past, so that they land in their month
 */
export function newId(at: number = Date.now()): string {
  const bytes = randomFillSync(Buffer.allocUnsafe(16))
  bytes.writeUIntBE(at, 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text that a client sent can be an id at all; PostgreSQL would refuse the whole statement otherwise. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && idShape.test(text)
}
