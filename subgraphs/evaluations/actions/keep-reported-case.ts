import type { Transaction } from '../../shared/database.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import { readServiceCaseReported } from '../../shared/events/service-case-reported.ts'
import { type KnownCase, keepKnownCase } from '../store/known-case.ts'

/** Keeps what ratings must know of a case that was reported (办件推送), so that submitting needs this subgraph alone. */
export async function keepReportedCase(transaction: Transaction, event: StampedEvent): Promise<void> {
  await keepKnownCase(transaction, reportedCaseOf(event))
}

/** The case that a fact reports. */
export function reportedCaseOf(event: StampedEvent): KnownCase {
  const { acceptedAt, closedAt, reportedAt, promisedAt, legalLimitAt, ...facts } = readServiceCaseReported(event)
  const { departmentId, ...place } = event.placement
  if (departmentId === null) throw new Error('a reported case lies in no department')
  return {
    ...facts,
    acceptedAt: instant(acceptedAt),
    closedAt: instant(closedAt),
    reportedAt: new Date(reportedAt),
    promisedAt: instant(promisedAt),
    legalLimitAt: instant(legalLimitAt),
    phoneLastFourHash: null,
    placement: { ...place, departmentId },
  }
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
