import { afterQuietHours } from '../../shared/clock/quiet-hours.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import { problemOfCase, type RateableCase } from './rateable-case.ts'

/** Where a late invitation stands; the same words as the enum `SmsInvitationState` of the graph. */
export type InvitationState = 'DUE' | 'SENT' | 'REMINDED' | 'ENDED'

/** Why it ended (结束原因). */
export type InvitationEnd = 'RATED' | 'OPTED_OUT' | 'NO_PHONE' | 'NOT_RATEABLE' | 'TOO_LATE' | 'UNDELIVERABLE'

type Rules = Pick<JurisdictionPolicy, 'smsInvitation' | 'lateWindowDays'>

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * Only who has just been served is written to. Whoever loads last year's cases, or links up a system with its past, must not send a
 * thousand messages about what people have long forgotten.
 */
export const JUST_SERVED_MS = 48 * HOUR_MS

/**
 * When a case is first invited by SMS (短消息追评): some time after its closing, or after the limit that it missed, never in the quiet
 * hours. An open case is planned for its limit, and earlier once it is closed. Null when it is not invited.
 */
export function plannedInvitationAt(rateable: RateableCase, now: Date, policy: Rules): Date | null {
  const ending = endingOf(rateable)
  if (!ending || ending.getTime() < now.getTime() - JUST_SERVED_MS) return null
  if (problemOfCase(rateable, 1, ending < now ? now : new Date(ending.getTime() + 1), policy)) return null
  return invitationAt(ending, policy)
}

function invitationAt(ending: Date, { smsInvitation: { value } }: Rules): Date | null {
  return value.isOffered ? afterQuietHours(new Date(ending.getTime() + value.delayMinutes * MINUTE_MS), value) : null
}

/** When the service came to its end for the applicant: closed, or its limit passed without that. */
function endingOf({ state, closedAt, legalLimitAt, promisedAt }: RateableCase): Date | null {
  if (state === 'CLOSED') return closedAt
  return state === 'ACCEPTED' ? (legalLimitAt ?? promisedAt) : null
}

/** When the one reminder is due; null where there is none. */
export function reminderAt(sentAt: Date, { smsInvitation: { value } }: Rules): Date | null {
  if (value.reminderHours === null) return null
  return afterQuietHours(new Date(sentAt.getTime() + value.reminderHours * HOUR_MS), value)
}

/** What to do with an invitation whose time has come. */
export type InvitationStep = { send: 'INVITATION' | 'REMINDER' } | { waitUntil: Date } | { end: InvitationEnd }

/** Judges anew by the case as it is now: it may have been rated, voided, or opened again with a later limit. */
export function nextStep(state: InvitationState, rateable: RateableCase, now: Date, policy: Rules): InvitationStep {
  if (rateable.hasFirstRating) return { end: 'RATED' }
  const problem = problemOfCase(rateable, 1, now, policy)
  if (problem?.code === 'LATE_WINDOW_OVER') return { end: 'TOO_LATE' }
  if (problem) {
    const later = problem.code === 'CASE_NOT_CLOSED' ? plannedInvitationAt(rateable, now, policy) : null
    return later && later > now ? { waitUntil: later } : { end: 'NOT_RATEABLE' }
  }
  const morning = afterQuietHours(now, policy.smsInvitation.value)
  if (morning > now) return { waitUntil: morning }
  return { send: state === 'DUE' ? 'INVITATION' : 'REMINDER' }
}
