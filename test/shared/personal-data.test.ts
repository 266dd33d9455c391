import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { SealedTextUnreadable } from '../../subgraphs/shared/crypto/personal-data.ts'
import { generateSecretKeys, type SecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'

const keys = generateSecretKeys()
const crypto = createCrypto(keys)

function rotated(old: SecretKeys, purpose: 'personalData' | 'lookup'): SecretKeys {
  const fresh = generateSecretKeys()[purpose].keys['1']!
  return { ...old, [purpose]: { current: '2', keys: { ...old[purpose].keys, 2: fresh } } }
}

describe('a sealed personal value', () => {
  test('opens to the same text in the same column, as bytes and as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(crypto.open('cases.applicant.name', crypto.seal('cases.applicant.name', text))).toBe(text)
        expect(crypto.openFromText('x', crypto.sealAsText('x', text))).toBe(text)
      }),
    )
  })

  test('never has the same bytes twice and does not contain the text', () => {
    const [one, two] = [crypto.seal('x', '13900000000'), crypto.seal('x', '13900000000')]
    expect(one.equals(two)).toBe(false)
    expect(one.includes('13900000000')).toBe(false)
    expect(one).toHaveLength(2 + 12 + 11 + 16)
  })

  test('does not open in another column', () => {
    const sealed = crypto.seal('cases.applicant.phone', '13900000000')
    expect(() => crypto.open('cases.applicant.name', sealed)).toThrow(SealedTextUnreadable)
  })

  test('does not open with any bit flipped or when cut short', () => {
    const sealed = crypto.seal('x', '测试')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Buffer.from(sealed)
      altered[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => crypto.open('x', altered)).toThrow(SealedTextUnreadable)
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => crypto.open('x', sealed.subarray(0, length))).toThrow(SealedTextUnreadable)
    }
  })

  test('still opens after its key was rotated, and no longer once the key is taken out', () => {
    const sealed = crypto.seal('x', '测试')
    const after = rotated(keys, 'personalData')
    expect(createCrypto(after).open('x', sealed)).toBe('测试')
    expect(createCrypto(after).seal('x', '测试')[1]).toBe(2)
    const without = { current: '2', keys: { 2: after.personalData.keys['2']! } }
    expect(() => createCrypto({ ...after, personalData: without }).open('x', sealed)).toThrow('no personal-data key 1')
  })
})

describe('a look-up hash', () => {
  test('is the same for every way to type the number, and only for that number and kind', () => {
    const hash = crypto.lookupHash('DOCUMENT_NUMBER', '41999919000101008X')
    expect(hash).toMatch(/^1\.[\w-]{43}$/)
    expect(crypto.lookupHash('DOCUMENT_NUMBER', ' ４１９９９９ 19000101-008x ')).toBe(hash)
    expect(crypto.lookupHash('DOCUMENT_NUMBER', '419999190001010004')).not.toBe(hash)
    expect(crypto.lookupHash('PHONE', '41999919000101008X')).not.toBe(hash)
    expect(createCrypto(generateSecretKeys()).lookupHash('DOCUMENT_NUMBER', '41999919000101008X')).not.toBe(hash)
  })

  test('made before a rotation is among the hashes to search with afterwards', () => {
    const before = crypto.lookupHash('PHONE', '13900000000')
    const after = createCrypto(rotated(keys, 'lookup'))
    const hashes = after.lookupHashes('PHONE', '13900000000')
    expect(hashes).toHaveLength(2)
    expect(hashes[0]).toBe(after.lookupHash('PHONE', '13900000000'))
    expect(hashes[0]).toMatch(/^2\./)
    expect(hashes[1]).toBe(before)
  })
})

describe('a message authentication code', () => {
  test('holds for its key, domain and message only, and never when too short to mean anything', () => {
    const ring = crypto.codeMac
    const mac = ring.mac('1', 'one', 'message')!
    expect(ring.verify('1', 'one', 'message', mac)).toBe(true)
    expect(ring.verify('1', 'one', 'message', mac.subarray(0, 12))).toBe(true)
    expect(ring.verify('1', 'one', 'message', mac.subarray(0, 11))).toBe(false)
    expect(ring.verify('1', 'one', 'message', Buffer.concat([mac, mac]))).toBe(false)
    expect(ring.verify('1', 'two', 'message', mac)).toBe(false)
    expect(ring.verify('1', 'onem', 'essage', mac)).toBe(false)
    expect(ring.verify('2', 'one', 'message', mac)).toBe(false)
    expect(ring.verify('toString', 'one', 'message', mac)).toBe(false)
    expect(ring.mac('2', 'one', 'message')).toBeUndefined()
  })
})
