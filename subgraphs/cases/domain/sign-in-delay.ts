/** Attempts that may fail before anyone has to wait: people mistype. */
const freeAttempts = 3
/** Longest wait, seconds: a guesser gets fewer than a hundred attempts a day, and a colleague is not locked out for good. */
const longestWait = 900

/** Seconds until the next attempt (登录延迟) after so many failures in a row: 0, 0, 0, 2, 4, 8 … 900. */
export function waitAfterFailures(failures: number): number {
  if (failures <= freeAttempts) return 0
  return Math.min(longestWait, 2 ** Math.min(failures - freeAttempts, 30))
}

export type Attempts = { failedCount: number; retryAfter?: Date | null }

/**
 * Counts an attempt as failed before its password is looked at, so that a hundred guesses at once wait like a hundred in a row;
 * success clears the count. While the wait runs nothing is counted and the seconds left are answered.
 */
export function countAttempt(attempts: Attempts, now: Date): { waitSeconds: number; next: Attempts } {
  if (attempts.retryAfter && attempts.retryAfter > now) {
    return { waitSeconds: Math.ceil((attempts.retryAfter.getTime() - now.getTime()) / 1_000), next: attempts }
  }
  const failedCount = attempts.failedCount + 1
  const wait = waitAfterFailures(failedCount)
  return { waitSeconds: 0, next: { failedCount, retryAfter: wait > 0 ? new Date(now.getTime() + wait * 1_000) : null } }
}
