import { createSecretKey, type KeyObject } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Viewer } from './viewer.ts'

/** Header, and `connection_init` field, in which the router tells a subgraph who asks (内部身份). */
export const identityHeader = 'x-hub-identity'

/** Life of an identity, seconds: long enough for one hop, too short to be worth stealing (decision 13). */
const lifeSeconds = 60

export type IdentityKeys = { current: string; keys: Record<string, Uint8Array> }

/** Signs who asks for one subgraph, or for all of them where another planner forwards one header; made by the router for every hop. */
export function identitySigner(keys: IdentityKeys) {
  const key = secretKey(keys, keys.current)
  return (viewer: Viewer, audience: string | string[]): Promise<string> =>
    new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'HS256', kid: keys.current })
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${lifeSeconds}s`)
      .sign(key)
}

/** Reads an identity; null when it is missing, forged, expired or meant for another subgraph. */
export function identityReader(keys: IdentityKeys, audience: string) {
  return async (token: string | undefined): Promise<Viewer | null> => {
    if (!token) return null
    try {
      const { payload } = await jwtVerify(token, header => secretKey(keys, header.kid ?? ''), {
        audience,
        algorithms: ['HS256'],
        maxTokenAge: lifeSeconds,
      })
      return payload.viewer as Viewer
    } catch {
      return null
    }
  }
}

function secretKey(keys: IdentityKeys, keyId: string): KeyObject {
  const bytes = keys.keys[keyId]
  if (!bytes) throw new Error(`no identity key ${keyId}`)
  return createSecretKey(bytes)
}
