import { expect, test } from 'vitest'
import { pictureAddress, readPictureAddress } from '../../subgraphs/evaluations/pictures/picture-address.ts'
import { hmacSha256Ring } from '../../subgraphs/shared/crypto/mac-ring.ts'

const keys = { 1: Buffer.alloc(32, 1), 2: Buffer.alloc(32, 2) }
const ring = hmacSha256Ring({ current: '1', keys: { 1: keys[1] } })
const now = new Date('2026-03-02T01:00:00.400Z')
const pictureId = '3f2a7c1e-9d40-4b6e-8a51-0c7d2e9f4b13'
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test('an address reads back as what it was made for', () => {
  const full = pictureAddress({ pictureId }, now, ring)
  const thumbnail = pictureAddress({ pictureId, size: 'THUMBNAIL' }, now, ring)
  expect(full).toMatch(/^\/pictures\/[0-9a-f-]{36}\?until=[0-9a-z]+&sig=[\w-]{16}$/)
  expect(thumbnail).toMatch(/&sig=[\w-]{16}&size=thumb$/)
  expect(readPictureAddress(full, now, ring)).toEqual({ ok: true, pictureId, size: 'FULL' })
  expect(readPictureAddress(thumbnail, now, ring)).toEqual({ ok: true, pictureId, size: 'THUMBNAIL' })
})

test('it lasts ten minutes and not a second longer, or as long as was said', () => {
  const address = pictureAddress({ pictureId }, now, ring)
  expect(readPictureAddress(address, later(599), ring)).toMatchObject({ ok: true })
  expect(readPictureAddress(address, later(600), ring)).toEqual({ ok: false, fault: 'EXPIRED' })
  const short = pictureAddress({ pictureId, lifeSeconds: 30 }, now, ring)
  expect(readPictureAddress(short, later(29), ring)).toMatchObject({ ok: true })
  expect(readPictureAddress(short, later(30), ring)).toEqual({ ok: false, fault: 'EXPIRED' })
})

test('every single flipped bit and every lost character is refused', () => {
  for (const size of ['FULL', 'THUMBNAIL'] as const) {
    const bytes = Buffer.from(pictureAddress({ pictureId, size }, now, ring))
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes)
      altered[bit >> 3]! ^= 1 << (bit & 7)
      expect(readPictureAddress(altered.toString('latin1'), now, ring).ok, altered.toString('latin1')).toBe(false)
    }
    for (let at = 0; at < bytes.length; at++) {
      const shorter = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]).toString()
      expect(readPictureAddress(shorter, now, ring).ok, shorter).toBe(false)
    }
  }
})

test('an altered address is FORGED even when it has run out, so that time tells nothing about it', () => {
  const address = pictureAddress({ pictureId }, now, ring)
  const otherPicture = address.replace('3f2a', '4f2a')
  const longerLife = address.replace(/until=\w+/, `until=${(2 ** 40).toString(36)}`)
  const larger = pictureAddress({ pictureId, size: 'THUMBNAIL' }, now, ring).replace('&size=thumb', '')
  for (const altered of [otherPicture, longerLife, larger]) {
    expect(readPictureAddress(altered, now, ring)).toEqual({ ok: false, fault: 'FORGED' })
    expect(readPictureAddress(altered, later(10_000), ring)).toEqual({ ok: false, fault: 'FORGED' })
  }
})

test.each([
  '',
  '/pictures/',
  `/pictures/${pictureId}`,
  `/pictures/${pictureId}?until=&sig=`,
  `/pictures/${pictureId}?until=t0&sig=${'A'.repeat(16)}&size=full`,
  `/pictures/${pictureId}?until=t0&sig=${'A'.repeat(16)}&until=t1`,
  `/pictures/${pictureId.toUpperCase()}?until=t0&sig=${'A'.repeat(16)}`,
  `/pictures/${'-'.repeat(36)}?until=t0&sig=${'A'.repeat(16)}`,
  `/pictures/../x?until=t0&sig=${'A'.repeat(16)}`,
  `/pictures/${pictureId}?until=t0&sig=${'A'.repeat(16)}\n`,
])('%j is no address', text => {
  expect(readPictureAddress(text, now, ring)).toEqual({ ok: false, fault: 'MALFORMED' })
})

test('addresses outlive a change of keys, and not the loss of theirs', () => {
  const address = pictureAddress({ pictureId }, now, ring)
  const both = hmacSha256Ring({ current: '2', keys })
  expect(readPictureAddress(address, now, both)).toMatchObject({ ok: true })
  expect(pictureAddress({ pictureId }, now, both)).not.toBe(address)
  const other = hmacSha256Ring({ current: '2', keys: { 2: keys[2] } })
  expect(readPictureAddress(address, now, other)).toEqual({ ok: false, fault: 'FORGED' })
})

test('no address is made for what is not an id', () => {
  for (const wrong of ['', '../x', pictureId.toUpperCase(), `${pictureId}?`]) {
    expect(() => pictureAddress({ pictureId: wrong }, now, ring)).toThrow(RangeError)
  }
})
