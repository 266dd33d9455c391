import { serviceCaseReportedType } from '../../shared/events/service-case-reported.ts'
import { type CasesEvent, serviceCaseClosedFeed } from '../events.ts'
import type { PlacedReport } from './case-placement.ts'

/** How a case stood before this report; null for a new one. */
export type StateBefore = { state: string; isValid: boolean } | null

type Told = {
  placed: PlacedReport
  caseId: string
  sourceSystem: string
  reportedAt: Date
  before: StateBefore
  now: Date
}

/** The facts that a stored report makes: always that it was reported, and that the case was closed when this report closed it. */
export function factsOfReport({ placed, caseId, sourceSystem, reportedAt, before, now }: Told): CasesEvent[] {
  const { report, region, matter, hall, window, staffMember, placement } = placed
  const about = { subjectId: caseId, occurredAt: now, placement }
  const reported: CasesEvent = {
    ...about,
    type: serviceCaseReportedType,
    feed: null,
    payload: {
      caseId,
      caseNumber: report.caseNumber,
      dataVersion: report.dataVersion,
      isValid: report.isValid,
      state: report.state,
      acceptedAt: report.acceptedAt?.toISOString() ?? null,
      closedAt: report.closedAt?.toISOString() ?? null,
      reportedAt: reportedAt.toISOString(),
      cityCode: region.cityCode,
      policyId: region.policyId,
      matterId: matter.id,
      matterName: matter.name,
      departmentName: matter.departmentName,
      hallName: hall?.name ?? null,
      windowNumber: window?.number ?? null,
      staffNumber: staffMember?.staffNumber ?? null,
      staffName: staffMember?.name ?? null,
      outcome: report.outcome,
      mergedInto: report.mergedInto,
      promisedAt: report.promisedAt?.toISOString() ?? null,
      legalLimitAt: report.legalLimitAt?.toISOString() ?? null,
      hasFees: matter.hasFees,
      involvesIntermediary: matter.involvesIntermediary,
      isProbe: report.isProbe,
      sourceSystem,
    },
  }
  const isOpenBefore = before === null || before.state !== 'CLOSED' || !before.isValid
  if (!isOpenBefore || report.state !== 'CLOSED' || !report.isValid) return [reported]
  return [reported, { ...about, type: 'ServiceCaseClosed', feed: serviceCaseClosedFeed, payload: { caseId } }]
}
