import { createHash, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import { type Problem, problem } from './problem.ts'

/** The public half of a device's signing key (设备签名公钥), with no more than what makes it up. */
export type SigningKey = { kty: 'EC'; crv: 'P-256'; x: string; y: string }

/** 32 bytes of base64url. */
const coordinate = /^[A-Za-z0-9_-]{43}$/

/** Reads a public key as a device sends it: a JWK of an EC key on P-256. A private key is refused, so that none is ever kept. */
export function readSigningKey(text: string): SigningKey | Problem {
  const jwk = jsonObject(text)
  const { kty, crv, x, y } = jwk
  if (kty !== 'EC' || crv !== 'P-256' || !isCoordinate(x) || !isCoordinate(y) || 'd' in jwk) return refusedKey()
  const key: SigningKey = { kty, crv, x, y }
  try {
    keyObject(key)
  } catch {
    // The point does not lie on the curve.
    return refusedKey()
  }
  return key
}

/** Whether this text was signed with the key: ECDSA over SHA-256, `r` and `s` of 32 bytes each, base64url. */
export function isSignedWith(key: SigningKey, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  if (bytes.length !== 64) return false
  return verify('sha256', Buffer.from(text), { key: keyObject(key), dsaEncoding: 'ieee-p1363' }, bytes)
}

/** SHA-256, base64url: two entries under one number are the same only when all that was signed is. */
export function entryHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

function keyObject(key: SigningKey): KeyObject {
  return createPublicKey({ key: { ...key } satisfies JsonWebKey, format: 'jwk' })
}

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && coordinate.test(value)
}

function refusedKey(): Problem {
  const en = 'the public key is a JWK of an EC key on P-256 (kty, crv, x, y) as JSON text, without its private part'
  return problem(
    'publicKey',
    'PUBLIC_KEY_REFUSED',
    '公钥应为 P-256 椭圆曲线公钥的 JWK（kty、crv、x、y）JSON 文本，不含私钥',
    en,
  )
}
