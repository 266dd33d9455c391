import type { SmsNotSent } from './transport/sms-port.ts'

const SECOND_MS = 1000
const FIRST_WAIT_MS = 10 * SECOND_MS
const LONGEST_WAIT_MS = 3600 * SECOND_MS
/** After so many attempts a message is given up; the waits between them come to about five hours. */
export const MOST_ATTEMPTS = 10

/** What follows a failed attempt (发送重试): another at that moment, or the end for this reason. */
export type AfterFailure = { nextAttemptAt: Date } | { fault: string }

/** Waits grow threefold from ten seconds to an hour. What the message itself is to blame for ends it at once. */
export function afterFailure(error: Pick<SmsNotSent, 'forGood' | 'reason'>, attempts: number, now: Date): AfterFailure {
  if (error.forGood) return { fault: error.reason }
  if (attempts >= MOST_ATTEMPTS) return { fault: 'GIVEN_UP' }
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 3 ** (attempts - 1))
  return { nextAttemptAt: new Date(now.getTime() + wait) }
}
