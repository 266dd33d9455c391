import { randomBytes } from 'node:crypto'

/** What each ring of secret keys is for; one key never serves two purposes. */
export const keyPurposes = ['codeMac', 'identity', 'session', 'personalData', 'lookup', 'receipt'] as const
export type KeyPurpose = (typeof keyPurposes)[number]

/**
 * The keys of one purpose. `current` makes new things, the others still read what was made under them: rotation adds
 * a key and moves `current`; a key is taken out only when nothing made under it is left.
 */
export type KeyRing = { readonly current: string; readonly keys: Readonly<Record<string, Uint8Array>> }

export type SecretKeys = Readonly<Record<KeyPurpose, KeyRing>>

/** All faults of a key file at once; none of them quotes a secret. */
export type SecretKeyFaults = { zh: string; en: string }[]

const KEY_BYTES = 32
const FILE_VERSION = 1
// A rating code has four bits for the key id, a sealed text and a receipt one byte.
const HIGHEST_KEY_ID: Readonly<Record<KeyPurpose, number>> = {
  codeMac: 15,
  identity: 255,
  session: 255,
  personalData: 255,
  lookup: 255,
  receipt: 255,
}

/** A fresh set with one key of 256 bits per purpose. */
export function generateSecretKeys(): SecretKeys {
  const ring = (): KeyRing => ({ current: '1', keys: { 1: randomBytes(KEY_BYTES) } })
  return Object.fromEntries(keyPurposes.map(purpose => [purpose, ring()])) as Record<KeyPurpose, KeyRing>
}

/** The JSON text of a key file; keys are base64url. */
export function secretKeysText(keys: SecretKeys): string {
  const rings = keyPurposes.map(purpose => {
    const { current, keys: byId } = keys[purpose]
    const written = Object.entries(byId).map(([id, key]) => [id, Buffer.from(key).toString('base64url')])
    return [purpose, { current, keys: Object.fromEntries(written) }]
  })
  return `${JSON.stringify({ version: FILE_VERSION, ...Object.fromEntries(rings) }, null, 2)}\n`
}

/** Reads the text of a key file; answers the keys or every fault that it has. */
export function readSecretKeys(text: string): { keys: SecretKeys } | { faults: SecretKeyFaults } {
  const file = parseObject(text)
  if (!file) return { faults: [{ zh: '文件内容不是 JSON 对象', en: 'the text is not a JSON object' }] }
  const faults: SecretKeyFaults = []
  if (file.version !== FILE_VERSION) {
    faults.push({ zh: `version 应为 ${FILE_VERSION}`, en: `version must be ${FILE_VERSION}` })
  }
  const known = new Set<string>(['version', ...keyPurposes])
  for (const name of Object.keys(file).filter(key => !known.has(key))) {
    faults.push({ zh: `不认识的项 ${name}`, en: `unknown entry ${name}` })
  }
  const seen = new Map<string, string>()
  const rings = keyPurposes.map(purpose => [purpose, readRing(purpose, file[purpose], faults, seen)])
  return faults.length > 0 ? { faults } : { keys: Object.fromEntries(rings) as Record<KeyPurpose, KeyRing> }
}

function readRing(purpose: KeyPurpose, given: unknown, faults: SecretKeyFaults, seen: Map<string, string>): KeyRing {
  const { current, keys } = (isObject(given) ? given : {}) as { current?: unknown; keys?: unknown }
  if (!isObject(keys) || Object.keys(keys).length === 0) {
    faults.push({ zh: `${purpose} 缺少密钥`, en: `${purpose} has no keys` })
    return { current: '', keys: {} }
  }
  if (typeof current !== 'string' || !Object.hasOwn(keys, current)) {
    faults.push({ zh: `${purpose}.current 未指向已有的密钥`, en: `${purpose}.current names none of its keys` })
  }
  const read = Object.entries(keys).map(([id, secret]) => {
    const where = `${purpose}.keys.${id}`
    const bytes = readKey(purpose, id, secret, where, faults)
    const twin = seen.get(String(secret))
    if (bytes && twin) faults.push({ zh: `${where} 与 ${twin} 相同`, en: `${where} is the same key as ${twin}` })
    seen.set(String(secret), where)
    return [id, bytes]
  })
  return { current: String(current), keys: Object.fromEntries(read) }
}

function readKey(purpose: KeyPurpose, id: string, secret: unknown, where: string, faults: SecretKeyFaults) {
  const highest = HIGHEST_KEY_ID[purpose]
  if (!/^[1-9]\d{0,2}$/.test(id) || Number(id) > highest) {
    faults.push({ zh: `${where} 的编号应为 1–${highest}`, en: `${where}: the key id must be 1 to ${highest}` })
  }
  const bytes = typeof secret === 'string' ? Buffer.from(secret, 'base64url') : Buffer.alloc(0)
  if (bytes.length === KEY_BYTES && bytes.toString('base64url') === secret) return bytes
  faults.push({
    zh: `${where} 应为 ${KEY_BYTES} 字节的 base64url 文本`,
    en: `${where} must be ${KEY_BYTES} bytes in base64url`,
  })
  return undefined
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
