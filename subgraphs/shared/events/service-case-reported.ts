import { z } from 'zod'
import type { StampedEvent } from './event.ts'

/** Name of the fact in the log of the cases subgraph. */
export const serviceCaseReportedType = 'ServiceCaseReported'

const payload = z.object({
  caseId: z.uuid(),
  caseNumber: z.string(),
  dataVersion: z.int(),
  /** False after the source voided the case (作废). */
  isValid: z.boolean(),
  state: z.enum(['PENDING', 'ACCEPTED', 'CLOSED']),
  acceptedAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  reportedAt: z.iso.datetime(),
  cityCode: z.string(),
  /** Preset whose rules hold for it (地方政策). */
  policyId: z.string(),
  matterId: z.uuid(),
  matterName: z.string(),
  departmentName: z.string(),
  hallName: z.string().nullable(),
  windowNumber: z.string().nullable(),
  staffNumber: z.string().nullable(),
  staffName: z.string().nullable(),
})

/**
 * A case was reported or reported anew with a higher data version (办件推送): what ratings must know of it. The placement of the
 * event is that of the case, its department is never null. Nothing of the applicant is in it.
 */
export type ServiceCaseReported = z.infer<typeof payload>

/** Reads the fact's payload; throws when the log holds something else under its name. */
export function readServiceCaseReported(event: StampedEvent): ServiceCaseReported {
  return payload.parse(event.payload)
}
