import { useSyncExternalStore } from 'react'

const name = 'desk-session'

/** The session of this tab (登录凭证): `hasEnded` when it ran out while somebody worked, so that what he typed stays where it is. */
export type DeskSession = { token: string | null; hasEnded: boolean }

let session: DeskSession = { token: sessionStorage.getItem(name), hasEnded: false }
const listeners = new Set<() => void>()

function change(next: DeskSession): void {
  session = next
  for (const listener of listeners) listener()
}

export function currentSession(): DeskSession {
  return session
}

/** Keeps the token for this tab, and for no longer than it is open. */
export function beginSession(token: string): void {
  sessionStorage.setItem(name, token)
  change({ token, hasEnded: false })
}

/** The hub no longer takes the token. */
export function noteSessionEnd(token: string | null): void {
  if (token !== session.token || session.hasEnded) return
  sessionStorage.removeItem(name)
  change({ token: session.token, hasEnded: true })
}

/** Signed out by wish (退出). */
export function leaveSession(): void {
  sessionStorage.removeItem(name)
  change({ token: null, hasEnded: false })
}

export function useSession(): DeskSession {
  return useSyncExternalStore(listener => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentSession)
}
