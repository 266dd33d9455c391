import { type Problem, problem } from './problem.ts'
import type { RatingCode } from './rating-code.ts'

/** Why the time that a device states (离线评价时间) cannot be true. */
export type GivenAtFault = 'GIVEN_AT_IN_FUTURE' | 'GIVEN_AT_BEFORE_CODE'

// The clock of a device is set to the server's, now and then.
const CLOCK_DIFFERENCE_MS = 60_000

/** The moment as of which a rating is judged: when it was given, or now. */
export function momentOf(givenAt: Date | null | undefined, now: Date): Date {
  return givenAt && givenAt < now ? givenAt : now
}

/** Why a stated time cannot be true: it lies ahead, or before the minute in which its code was made. */
export function problemOfGivenAt(
  givenAt: Date | null | undefined,
  code: Pick<RatingCode, 'issuedAt'> | null,
  now: Date,
): Problem<GivenAtFault>[] {
  if (!givenAt) return []
  if (givenAt.getTime() > now.getTime() + CLOCK_DIFFERENCE_MS) {
    const en = `this time lies ahead of the server’s, ${now.toISOString()}`
    return [problem('givenAt', 'GIVEN_AT_IN_FUTURE', `时间晚于服务器时间 ${now.toISOString()}`, en)]
  }
  if (!code || givenAt >= code.issuedAt) return []
  const made = code.issuedAt.toISOString()
  const en = `this time lies before its code was made, ${made}`
  return [problem('givenAt', 'GIVEN_AT_BEFORE_CODE', `时间早于评价码生成时间 ${made}`, en)]
}
