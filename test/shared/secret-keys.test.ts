import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  generateSecretKeys,
  keyPurposes,
  readSecretKeys,
  secretKeysText,
} from '../../subgraphs/shared/crypto/secret-keys.ts'
import { loadOrGenerateSecretKeys, loadSecretKeys } from '../../subgraphs/shared/crypto/secret-keys-file.ts'

const secret = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
const validFile = () => JSON.parse(secretKeysText(generateSecretKeys()))
const faultsOf = (file: unknown) => {
  const read = readSecretKeys(typeof file === 'string' ? file : JSON.stringify(file))
  return 'faults' in read ? read.faults.map(({ en }) => en) : []
}

describe('the text of a key file', () => {
  test('reads back as the keys that were written, one of 256 bits per purpose', () => {
    const keys = generateSecretKeys()
    expect(Object.keys(keys)).toEqual([...keyPurposes])
    expect(readSecretKeys(secretKeysText(keys))).toEqual({ keys })
    const all = keyPurposes.map(purpose => Buffer.from(keys[purpose].keys['1']!).toString('hex'))
    expect(new Set(all).size).toBe(keyPurposes.length)
    expect(all.every(hex => hex.length === 64)).toBe(true)
  })

  test('may hold several keys of a purpose, the current one named', () => {
    const file = validFile()
    file.lookup = { current: '2', keys: { 1: secret(1), 2: secret(2) } }
    const read = readSecretKeys(JSON.stringify(file))
    expect('keys' in read && read.keys.lookup).toEqual({
      current: '2',
      keys: { 1: Buffer.alloc(32, 1), 2: Buffer.alloc(32, 2) },
    })
  })

  test('names all its faults at once, never a secret', () => {
    const file = validFile()
    file.version = 2
    file.codeMac = { current: '16', keys: { 16: secret(1) } }
    file.identity = { current: '2', keys: { 1: secret(2) } }
    file.session = { current: '1', keys: { 1: secret(2) } }
    file.personalData = { current: '1', keys: { 1: secret(3).slice(4) } }
    file.lookup = { current: '1', keys: {} }
    file.recipt = file.receipt
    delete file.receipt
    const faults = faultsOf(file)
    expect(faults).toEqual([
      'version must be 1',
      'unknown entry recipt',
      'codeMac.keys.16: the key id must be 1 to 15',
      'identity.current names none of its keys',
      'session.keys.1 is the same key as identity.keys.1',
      'personalData.keys.1 must be 32 bytes in base64url',
      'lookup has no keys',
      'receipt has no keys',
    ])
    expect(faults.join()).not.toContain(secret(2))
  })

  test.each(['', '[]', 'null', '{', '"keys"'])('%j is no key file', text => {
    expect(faultsOf(text)).toEqual(['the text is not a JSON object'])
  })
})

describe('a key file on disk', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'secret-keys-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  test('is made once, readable for its owner only, also when several start together', async () => {
    const path = join(directory, 'fresh.json')
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => loadOrGenerateSecretKeys(path)))
    for (const keys of others) expect(keys).toEqual(first)
    expect(await loadSecretKeys(path)).toEqual(first)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(directory)).toEqual(['fresh.json'])
  })

  test('that is missing, unreadable, writable for others or faulty refuses the start and says what to do', async () => {
    const missing = join(directory, 'missing.json')
    await expect(loadSecretKeys(missing)).rejects.toMatchObject({
      code: 'SECRET_KEYS_MISSING',
      message: `找不到密钥文件 ${missing}，请检查 SECRET_KEYS_FILE。 There is no key file ${missing}: check SECRET_KEYS_FILE.`,
    })
    await expect(loadSecretKeys(directory)).rejects.toMatchObject({ code: 'SECRET_KEYS_UNREADABLE' })

    const exposed = join(directory, 'exposed.json')
    await writeFile(exposed, secretKeysText(generateSecretKeys()))
    await chmod(exposed, 0o666)
    await expect(loadSecretKeys(exposed)).rejects.toMatchObject({ code: 'SECRET_KEYS_EXPOSED' })

    const faulty = join(directory, 'faulty.json')
    await writeFile(faulty, '{"version":1}')
    await expect(loadSecretKeys(faulty)).rejects.toMatchObject({
      code: 'SECRET_KEYS_INVALID',
      message: expect.stringContaining('receipt has no keys'),
    })
    await expect(loadOrGenerateSecretKeys(faulty)).rejects.toMatchObject({ code: 'SECRET_KEYS_INVALID' })
    expect(await readFile(faulty, 'utf8')).toBe('{"version":1}')
  })
})
