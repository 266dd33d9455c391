import type { MacRing } from '../../shared/crypto/mac-ring.ts'

/** FULL: at most 1600 pixels a side. THUMBNAIL: at most 320. */
export type PictureSize = 'FULL' | 'THUMBNAIL'

/** MALFORMED: not an address of this shape. FORGED: altered, or signed by a key that this hub does not have. */
export type PictureAddressFault = 'MALFORMED' | 'FORGED' | 'EXPIRED'

export type PictureAddressReading =
  | { ok: true; pictureId: string; size: PictureSize }
  | { ok: false; fault: PictureAddressFault }

const MAC_DOMAIN = 'picture-address/1'
// Twelve bytes make sixteen characters of base64url without a rest, so every signature has exactly one spelling.
const MAC_BYTES = 12
const LIFE_SECONDS = 600
const PICTURE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ADDRESS =
  /^\/pictures\/(?<pictureId>[0-9a-f-]{36})\?until=(?<until>[1-9a-z][0-9a-z]{0,8})&sig=(?<signature>[\w-]{16})(?<thumb>&size=thumb)?$/

/**
 * The address (图片地址) at which one picture may be read for `lifeSeconds` from now, such as
 * `/pictures/0198…?until=thz0a8&sig=Zk3…&size=thumb`: path and query, without the host. Whoever holds it may read the
 * picture, so it is made only for someone who may. Throws RangeError for an id that is not a lower-case UUID.
 */
export function pictureAddress(
  {
    pictureId,
    size = 'FULL',
    lifeSeconds = LIFE_SECONDS,
  }: { pictureId: string; size?: PictureSize; lifeSeconds?: number },
  now: Date,
  ring: MacRing,
): string {
  if (!PICTURE_ID.test(pictureId)) throw new RangeError('a picture id is a lower-case UUID')
  const until = (Math.floor(now.getTime() / 1000) + lifeSeconds).toString(36)
  const mac = ring.mac(ring.current, MAC_DOMAIN, signed(pictureId, size, until))!.subarray(0, MAC_BYTES)
  const suffix = size === 'THUMBNAIL' ? '&size=thumb' : ''
  return `/pictures/${pictureId}?until=${until}&sig=${mac.toString('base64url')}${suffix}`
}

/**
 * Reads and checks an address as it arrived: path and query, exactly as they were given out. The MAC is compared in
 * constant time, under every key of the ring; the time is looked at only when the MAC is right.
 */
export function readPictureAddress(address: string, now: Date, ring: MacRing): PictureAddressReading {
  const { pictureId = '', until = '', signature = '', thumb } = ADDRESS.exec(address)?.groups ?? {}
  if (!PICTURE_ID.test(pictureId)) return { ok: false, fault: 'MALFORMED' }
  const size = thumb ? 'THUMBNAIL' : 'FULL'
  const mac = Buffer.from(signature, 'base64url')
  const isGenuine = ring.keyIds.some(keyId => ring.verify(keyId, MAC_DOMAIN, signed(pictureId, size, until), mac))
  if (!isGenuine) return { ok: false, fault: 'FORGED' }
  if (now.getTime() >= Number.parseInt(until, 36) * 1000) return { ok: false, fault: 'EXPIRED' }
  return { ok: true, pictureId, size }
}

function signed(pictureId: string, size: PictureSize, until: string): string {
  return `${pictureId}\n${size}\n${until}`
}
