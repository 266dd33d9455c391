import { z } from 'zod'
import type { StampedEvent } from '../../shared/events/event.ts'

/** Name of the fact in the log of the cases subgraph. */
export const serviceCaseReportedType = 'ServiceCaseReported'

const payload = z.object({
  caseId: z.uuid(),
  /** 来源系统标识 BELONGSYSTEM. */
  sourceSystem: z.string(),
  reportedAt: z.iso.datetime(),
})

/** As much of a reported case (办件上报) as links need. */
export type ReportedCase = z.infer<typeof payload>

/** Reads the fact's payload; throws when the log holds something else under its name. */
export function readReportedCase(event: StampedEvent): ReportedCase {
  return payload.parse(event.payload)
}
