import { createHash } from 'node:crypto'
import { CalendarYearMissing, type WorkCalendar } from '../../shared/clock/calendar.ts'
import { computeDeadline, type DayStep } from '../../shared/clock/deadline.ts'
import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import {
  type JurisdictionPolicy,
  policyInForce,
  type SatisfactionLevel,
  type SilenceBase,
} from '../../shared/policy/policy.ts'
import type { KnownCase } from '../store/known-case.ts'

/** Days of silence (静默期) as they were counted from one Shanghai day under one version of a policy: the same for all cases of that day. */
export type SilenceLimit = {
  /** Made of everything below: another policy or calendar gives another one, and rewrites none. */
  id: string
  policyId: string
  policyVersion: number
  baseEvent: SilenceBase
  /** Shanghai day `YYYY-MM-DD` of the base event. */
  baseDay: string
  level: SatisfactionLevel
  endsAt: Date
  explanation: DayStep[]
}

/** When a silent service gets its default (默认评价); limit and dueAt are null while the calendar does not reach so far. */
export type DefaultDue = { baseAt: Date; closedAt: Date } & (
  | { limit: SilenceLimit; dueAt: Date }
  | { limit: null; dueAt: null }
)

type SilentCase = Pick<
  KnownCase,
  'policyId' | 'state' | 'isValid' | 'acceptedAt' | 'closedAt' | 'reportedAt' | 'isProbe'
>

/** Judges when a case gets its default rating; null when it gets none now. */
export type SilenceRules = (serviceCase: SilentCase) => DefaultDue | null

/** Days hardly repeat beyond a year or two; whoever loads a whole past must not fill the memory. */
const MOST_LIMITS = 5_000

/**
 * The rules of silence under these policies. A case gets its default only once it is closed: one that is still open when its days are over
 * gets it on closing (许昌制度第九条). The version of the policy is the one in force on the day of the base event. Counting is done once a
 * day and rule, so that a million cases cost a million look-ups.
 */
export function silenceRules(policies: readonly JurisdictionPolicy[], calendar: () => WorkCalendar): SilenceRules {
  let counted = new Map<string, SilenceLimit>()
  let countedBy: WorkCalendar | null = null

  const limitFrom = (policy: JurisdictionPolicy, baseEvent: SilenceBase, baseAt: Date): SilenceLimit => {
    const current = calendar()
    if (current !== countedBy || counted.size >= MOST_LIMITS) counted = new Map()
    countedBy = current
    const key = `${policy.id}@${policy.version}/${shanghaiDay(baseAt)}`
    const known = counted.get(key) ?? countSilence(policy, baseEvent, baseAt, current)
    counted.set(key, known)
    return known
  }

  return serviceCase => {
    const { state, isValid, isProbe, closedAt, policyId } = serviceCase
    if (state !== 'CLOSED' || !isValid || isProbe || closedAt === null) return null
    const own = policies.filter(({ id }) => id === policyId)
    const rule = policyInForce(own, shanghaiDay(closedAt))?.silence.value.baseEvent ?? null
    if (rule === null) return null
    const baseAt = baseInstant(rule, { ...serviceCase, closedAt })
    const policy = policyInForce(own, shanghaiDay(baseAt))
    const baseEvent = policy?.silence.value.baseEvent
    if (!policy || !baseEvent) return null
    try {
      const limit = limitFrom(policy, baseEvent, baseAt)
      return { baseAt, closedAt, limit, dueAt: limit.endsAt > closedAt ? limit.endsAt : closedAt }
    } catch (error) {
      if (error instanceof CalendarYearMissing) return { baseAt, closedAt, limit: null, dueAt: null }
      throw error
    }
  }
}

/** The service has been received when its case is closed: no other moment of it is reported. A case came into being when it was accepted. */
function baseInstant(
  baseEvent: SilenceBase,
  { acceptedAt, closedAt, reportedAt }: Pick<SilentCase, 'acceptedAt' | 'reportedAt'> & { closedAt: Date },
): Date {
  if (baseEvent !== 'CREATION') return closedAt
  return acceptedAt ?? (reportedAt < closedAt ? reportedAt : closedAt)
}

function countSilence(
  policy: JurisdictionPolicy,
  baseEvent: SilenceBase,
  baseAt: Date,
  calendar: WorkCalendar,
): SilenceLimit {
  const { days, unit, level } = policy.silence.value
  const { dueAt: endsAt, explanation } = computeDeadline({ amount: days, unit }, baseAt, calendar)
  const content = {
    policyId: policy.id,
    policyVersion: policy.version,
    baseEvent,
    baseDay: shanghaiDay(baseAt),
    level,
    endsAt,
    explanation,
  }
  return { id: idOfContent(content), ...content }
}

/** RFC 9562, version 8: an id made of what it names. */
function idOfContent(content: object): string {
  const bytes = createHash('sha256')
    .update(`silence/1/${JSON.stringify(content)}`)
    .digest()
  bytes[6] = 0x80 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
