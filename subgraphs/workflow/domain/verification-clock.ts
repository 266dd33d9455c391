import { CalendarYearMissing, type WorkCalendar } from '../../shared/clock/calendar.ts'
import { computeDeadline, type DayStep } from '../../shared/clock/deadline.ts'
import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { thresholds } from '../../shared/clock/thresholds.ts'
import { type JurisdictionPolicy, policyInForce } from '../../shared/policy/policy.ts'

/** A clock as it is locked in when it starts: a later policy never rewrites it. */
export type VerificationClock = {
  startedAt: Date
  dueAt: Date
  policyId: string
  policyVersion: number
  explanation: DayStep[]
  /** When it is announced: each threshold, then the passing. */
  notices: Date[]
}

/** No version of the policy was in force on the day of the rating, so no clock can be computed for it. */
export class PolicyUnknown extends Error {
  constructor(policyId: string, day: string) {
    super(`没有 ${policyId} 在 ${day} 生效的政策。 No policy ${policyId} in force on ${day}.`)
  }
}

/** The policy in force on the day of the rating: it stays with the review. Throws PolicyUnknown. */
export function policyOfRating(
  policies: readonly JurisdictionPolicy[],
  policyId: string,
  ratedAt: Date,
): JurisdictionPolicy {
  const day = shanghaiDay(ratedAt)
  const policy = policyInForce(
    policies.filter(({ id }) => id === policyId),
    day,
  )
  if (!policy) throw new PolicyUnknown(policyId, day)
  return policy
}

/**
 * The clock of verification (核实时限) under a policy; null while a limit in working days runs into a year whose arrangement is not entered
 * yet: the review is opened all the same, and its clock starts, from the rating, as soon as the year is there.
 */
export function verificationClock(
  policy: JurisdictionPolicy,
  ratedAt: Date,
  calendar: WorkCalendar,
): VerificationClock | null {
  try {
    return countVerification(policy, ratedAt, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

function countVerification(policy: JurisdictionPolicy, ratedAt: Date, calendar: WorkCalendar): VerificationClock {
  const { dueAt, explanation } = computeDeadline(policy.verificationLimit.value, ratedAt, calendar)
  const warnings = thresholds('VERIFICATION', ratedAt, dueAt, policy.deadlineThresholds.value)
  return {
    startedAt: ratedAt,
    dueAt,
    policyId: policy.id,
    policyVersion: policy.version,
    explanation,
    notices: [...warnings.map(({ at }) => at), dueAt],
  }
}
