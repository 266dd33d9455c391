/** Without an event or heartbeat for so long the wall no longer claims to be live, milliseconds. */
export const staleMilliseconds = 30_000

/** What the wall may honestly say of itself: live, reconnecting for the N-th time, or only right as of a moment. */
export type Truth = {
  kind: 'LIVE' | 'RECONNECTING' | 'AS_OF'
  attempt: number
  isStale: boolean
  heardAt: number | null
}

/**
 * @param heardAt when something was last heard, by the screen's own clock; null before the first time
 * @param isFollowing both feeds are being followed over an open connection
 */
export function truthOf(facts: { isFollowing: boolean; attempt: number; heardAt: number | null; now: number }): Truth {
  const { isFollowing, attempt, heardAt, now } = facts
  const isStale = heardAt === null || now - heardAt > staleMilliseconds
  const kind = !isFollowing ? 'RECONNECTING' : isStale ? 'AS_OF' : 'LIVE'
  return { kind, attempt, isStale, heardAt }
}
