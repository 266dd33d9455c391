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
  // What follows came later: the log also holds facts without it.
  /** How it ended (办结方式). */
  outcome: z.enum(['COMPLETED', 'REFUSED', 'RETURNED', 'WITHDRAWN']).default('COMPLETED'),
  /** Number of the case that took this one in (并入). */
  mergedInto: z.string().nullable().default(null),
  promisedAt: z.iso.datetime().nullable().default(null),
  legalLimitAt: z.iso.datetime().nullable().default(null),
  /** The matter has fees (是否收费). */
  hasFees: z.boolean().default(false),
  /** The matter involves an intermediary (是否涉及中介服务). */
  involvesIntermediary: z.boolean().default(false),
  /** A probe of the hub itself (探测办件), outside all figures. */
  isProbe: z.boolean().default(false),
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
