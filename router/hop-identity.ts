import type { identitySigner } from '../subgraphs/shared/identity.ts'
import type { Viewer } from '../subgraphs/shared/viewer.ts'

/** A signed identity serves several hops for this long, milliseconds; it lives 60 s, so the last hop has 40 s left. */
const reuseMs = 20_000

export type HopIdentity = (viewer: Viewer) => Promise<string>

/** Signs who asks for one audience and keeps the signature for a while (同一查看者重用签名), since one screen asks many times. */
export function hopIdentity(
  sign: ReturnType<typeof identitySigner>,
  audience: string | string[],
  now = Date.now,
): HopIdentity {
  const kept = new WeakMap<Viewer, { token: Promise<string>; madeAt: number }>()
  return viewer => {
    const known = kept.get(viewer)
    if (known && now() - known.madeAt < reuseMs) return known.token
    const token = sign(viewer, audience)
    kept.set(viewer, { token, madeAt: now() })
    return token
  }
}
