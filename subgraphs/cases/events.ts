import type { NewEvent } from '../shared/events/event.ts'
import type { ServiceCaseReported, serviceCaseReportedType } from '../shared/events/service-case-reported.ts'

/** The live feed of closings at a window (办结事件). */
export const serviceCaseClosedFeed = 'serviceCaseClosed'

/** A case was created or changed by its source (办件上报), with the system that reported it. */
export type ServiceCaseReportedEvent = NewEvent<ServiceCaseReported & { sourceSystem: string }> & {
  type: typeof serviceCaseReportedType
  feed: null
}

/** A report closed a case (办结): its device may now ask for a rating. */
export type ServiceCaseClosedEvent = NewEvent<{ caseId: string }> & {
  type: 'ServiceCaseClosed'
  feed: typeof serviceCaseClosedFeed
}

export type CasesEvent = ServiceCaseReportedEvent | ServiceCaseClosedEvent
