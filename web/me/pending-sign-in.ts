import type { CitizenSignIn } from '../serving/citizen-sign-in.ts'
import { readCookie, setCookie } from '../serving/cookies.ts'
import type { PendingSignIn } from './identity-provider.ts'

const name = 'hub_me_sign_in'

/** How long somebody may take at the identity provider, seconds. */
const pendingSeconds = 10 * 60

/** Keeps what this browser must come back with (登录请求), sealed, for as long as a sign-in may take. */
export function keepPending(signIn: CitizenSignIn, pending: PendingSignIn, now: number, isSecure: boolean): string {
  const sealed = signIn.seal(JSON.stringify({ ...pending, until: now + pendingSeconds * 1000 }))
  return setCookie(name, sealed, { path: '/me', maxAgeSeconds: pendingSeconds, isSecure, isHttpOnly: true })
}

/** Reads it back; null when there is none, it is too old, or it was not sealed here. */
export function readPending(signIn: CitizenSignIn, cookies: string | undefined, now: number): PendingSignIn | null {
  const sealed = readCookie(cookies, name)
  if (!sealed) return null
  try {
    const { until, ...pending } = JSON.parse(signIn.open(sealed)) as PendingSignIn & { until: number }
    return until > now ? pending : null
  } catch {
    return null
  }
}

/** Forgets it: an answer of the provider is taken once. */
export function forgetPending(isSecure: boolean): string {
  return setCookie(name, '', { path: '/me', maxAgeSeconds: 0, isSecure, isHttpOnly: true })
}
