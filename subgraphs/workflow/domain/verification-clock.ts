import type { WorkCalendar } from '../../shared/clock/calendar.ts'
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

/** The clock of verification (核实时限), by the policy in force on the day of the rating. Throws PolicyUnknown, CalendarYearMissing. */
export function verificationClock(
  policies: readonly JurisdictionPolicy[],
  policyId: string,
  ratedAt: Date,
  calendar: WorkCalendar,
): VerificationClock {
  const day = shanghaiDay(ratedAt)
  const policy = policyInForce(
    policies.filter(({ id }) => id === policyId),
    day,
  )
  if (!policy) throw new PolicyUnknown(policyId, day)
  const { dueAt, explanation } = computeDeadline(policy.verificationLimit.value, ratedAt, calendar)
  const warnings = thresholds('VERIFICATION', ratedAt, dueAt, policy.deadlineThresholds.value)
  return {
    startedAt: ratedAt,
    dueAt,
    policyId,
    policyVersion: policy.version,
    explanation,
    notices: [...warnings.map(({ at }) => at), dueAt],
  }
}
