import { startOfHour } from '../../../subgraphs/shared/anonymity.ts'
import { CalendarYearMissing } from '../../../subgraphs/shared/clock/calendar.ts'
import { computeDeadline } from '../../../subgraphs/shared/clock/deadline.ts'
import { shanghaiDay } from '../../../subgraphs/shared/clock/shanghai-day.ts'
import { thresholds } from '../../../subgraphs/shared/clock/thresholds.ts'
import { type JurisdictionPolicy, policyInForce } from '../../../subgraphs/shared/policy/policy.ts'
import { policyPresets } from '../../../subgraphs/shared/policy/presets.ts'
import { demoAccountId, demoAccountName } from '../accounts.ts'
import { namedIdAt } from '../named-id.ts'
import type { PastRating } from './ratings.ts'
import type { ReviewStory } from './review-stories.ts'
import type { Times } from './service-cases.ts'

const HOUR_MS = 3_600_000

/** When each step of a story came; null for what has not come. */
type Steps = Record<'opened', Date> & Record<'acknowledged' | 'verified' | 'fedBack' | 'told' | 'closed', Date | null>

/** The instant, in milliseconds of its own, at which a story begins. */
export function openedAt({ hoursAgo }: ReviewStory, now: Date): Date {
  return new Date(Math.round(now.getTime() - hoursAgo * HOUR_MS))
}

/** When the evaluator was told what became of it; null before that. */
export function toldAt(story: ReviewStory, now: Date): Date | null {
  return stepsOf(story, now).told
}

/** The handling of one bad rating (差评处理) with its clocks (时限), as the tables of the workflow subgraph keep them. */
export function reviewRows(
  story: ReviewStory,
  { id: evaluationId, pastCase, level, isAnonymous }: PastRating,
  times: Times,
) {
  const steps = stepsOf(story, times.now)
  const policy = policyOf(pastCase.hall.region.policyId, steps.opened)
  const { cityCode, regionPath, departmentId, lineId, hallId, windowId, staffMemberId, matterId, caseNumber } = pastCase
  const placement = { regionPath, departmentId, lineId, hallId, windowId, staffMemberId }
  const told = (at: Date) => (isAnonymous ? startOfHour(at) : at)
  const applied = { policyId: policy.id, policyVersion: policy.version }
  const review = {
    id: namedIdAt(told(steps.opened), 'review', caseNumber),
    cityCode,
    evaluationId,
    caseId: pastCase.id,
    matterId,
    score: level,
    isAnonymous,
    state: stateOf(story),
    openedAt: steps.opened,
    ...applied,
    acknowledgedAt: steps.acknowledged,
    acknowledgedById: steps.acknowledged && demoAccountId('supervisor'),
    acknowledgedByName: steps.acknowledged && demoAccountName('supervisor'),
    ...placement,
  }
  const deadlines = clocksOf(story, steps).flatMap(clock => {
    const computed = compute(clock, policy, times)
    if (!computed) return []
    const id = namedIdAt(
      clock.kind === 'VERIFICATION' ? told(clock.startedAt) : clock.startedAt,
      clock.kind,
      caseNumber,
    )
    return [
      {
        id,
        negativeReviewId: review.id,
        caseId: pastCase.id,
        evaluationId,
        ...computed,
        ...applied,
        ...placement,
      },
    ]
  })
  return { review, deadlines }
}

function stepsOf(story: ReviewStory, now: Date): Steps {
  const opened = openedAt(story, now)
  const after = (hours: number | undefined) =>
    hours === undefined ? null : new Date(opened.getTime() + hours * HOUR_MS)
  const { acknowledged, verified, fedBack, told, closed } = story
  return {
    opened,
    acknowledged: after(acknowledged),
    verified: after(verified),
    fedBack: after(fedBack),
    told: after(told),
    closed: after(closed),
  }
}

function stateOf({ verified, isInvalid, fedBack, told, closed }: ReviewStory) {
  if (isInvalid) return 'INVALID'
  if (closed !== undefined) return 'CLOSED'
  if (told !== undefined) return 'EVALUATOR_TOLD'
  if (fedBack !== undefined) return 'CHECKING'
  return verified === undefined ? 'DISPATCHED' : 'RECTIFYING'
}

const limitOf = {
  VERIFICATION: 'verificationLimit',
  RECTIFICATION: 'rectificationLimit',
  QUALITY_CHECK: 'qualityCheckLimit',
  FOLLOW_UP: 'followUpLimit',
} as const

type Clock = { kind: keyof typeof limitOf; startedAt: Date; endedAt: Date | null }

// The limit of rectification holds until the evaluator was told; the check runs inside it (S15, XA10).
function clocksOf({ isInvalid }: ReviewStory, { opened, verified, fedBack, told, closed }: Steps): Clock[] {
  const clocks: Clock[] = [{ kind: 'VERIFICATION', startedAt: opened, endedAt: verified }]
  if (verified && !isInvalid) clocks.push({ kind: 'RECTIFICATION', startedAt: verified, endedAt: told })
  if (fedBack) clocks.push({ kind: 'QUALITY_CHECK', startedAt: fedBack, endedAt: told })
  if (told) clocks.push({ kind: 'FOLLOW_UP', startedAt: told, endedAt: closed })
  return clocks
}

function compute({ kind, startedAt, endedAt }: Clock, policy: JurisdictionPolicy, { now, calendar }: Times) {
  const limit = policy[limitOf[kind]].value
  try {
    const { dueAt, explanation } = computeDeadline(limit, startedAt, calendar)
    const isAnnounced = kind === 'VERIFICATION' || kind === 'RECTIFICATION'
    const warnings = isAnnounced ? thresholds(kind, startedAt, dueAt, policy.deadlineThresholds.value) : []
    const notices = [...warnings.map(({ at }) => at), dueAt]
    const nextNoticeAt = endedAt ? null : (notices.find(notice => notice > now) ?? null)
    const state = clockState(endedAt, dueAt, now)
    return { kind, state, startedAt, dueAt, endedAt, explanation, notices, nextNoticeAt }
  } catch (error) {
    // Working days of a year whose calendar is not out yet cannot be counted: then there is no such clock.
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

function clockState(endedAt: Date | null, dueAt: Date, now: Date) {
  if (endedAt) return endedAt <= dueAt ? 'MET' : 'MET_LATE'
  return now < dueAt ? 'RUNNING' : 'PASSED'
}

function policyOf(policyId: string, at: Date): JurisdictionPolicy {
  const versions = policyPresets.filter(({ id }) => id === policyId)
  return policyInForce(versions, shanghaiDay(at))!
}
