import type { WorkCalendar } from '../../shared/clock/calendar.ts'
import type { Transaction } from '../../shared/database.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import { newId } from '../../shared/uuid.ts'
import { LONGEST_WINDOW_MS, phoneWindowEndsAt } from '../domain/phone-window.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import type { KnownCase } from '../store/known-case.ts'
import { endInvitationsOfCase, type PlannedInvitation, planPhoneInvitations } from '../store/phone-invitations.ts'
import { reportedCaseOf } from './keep-reported-case.ts'

/** Only the first service of a case is invited: who came twice is not called twice. */
const FIRST_SERVICE = 1

export type PhonePlanning = { calendar: WorkCalendar; now: () => Date }

/** Plans the invitation by telephone of a case that was reported closed (电话邀评), in the transaction of the consumer; one opened again or voided loses it. */
export function planPhoneInvitation(planning: PhonePlanning) {
  return async (transaction: Transaction, event: StampedEvent): Promise<void> => {
    const serviceCase = reportedCaseOf(event)
    const planned = plannedInvitation(serviceCase, planning)
    if (planned) await planPhoneInvitations(transaction, [planned])
    else if (serviceCase.dataVersion > 1) {
      await endInvitationsOfCase(transaction, serviceCase, 'NOT_RATEABLE', planning.now())
    }
  }
}

/** The invitation of a case that may be rated by telephone now; null for all others. */
export function plannedInvitation(serviceCase: KnownCase, { calendar, now }: PhonePlanning): PlannedInvitation | null {
  const at = now()
  const { state, closedAt, isProbe, policyId } = serviceCase
  if (state !== 'CLOSED' || !closedAt || isProbe || at.getTime() - closedAt.getTime() > LONGEST_WINDOW_MS) return null
  const policy = policyOfCase(policyId, at)
  if (problemOfCase(rateableCase(serviceCase, false), 1, at, policy)) return null
  const expiresAt = phoneWindowEndsAt(closedAt, policy, calendar)
  if (expiresAt && expiresAt <= at) return null
  return { id: newId(at.getTime()), serviceCase, serviceNumber: FIRST_SERVICE, expiresAt, now: at }
}
