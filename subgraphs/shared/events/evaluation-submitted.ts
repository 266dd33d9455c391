import { z } from 'zod'
import type { StampedEvent } from './event.ts'

/** Name of the fact in the log of the evaluations subgraph. */
export const evaluationSubmittedType = 'EvaluationSubmitted'

const payload = z.object({
  evaluationId: z.uuid(),
  /** Null when the rating is not linked to a case. */
  caseId: z.uuid().nullable(),
  cityCode: z.string(),
  /** Satisfaction, 5 is best. */
  score: z.int().min(1).max(5),
  isNegative: z.boolean(),
  isAnonymous: z.boolean(),
  channel: z.enum(['PORTAL', 'MOBILE', 'QR_CODE', 'WINDOW_DEVICE', 'TERMINAL', 'PHONE', 'SMS']),
  /** Preset whose clocks hold for it (地方政策). */
  policyId: z.string(),
  matterId: z.uuid().nullable(),
  serviceNumber: z.int(),
  round: z.int(),
  /** When the rating was committed: clocks start here. */
  evaluatedAt: z.iso.datetime(),
  // What follows came later: the log also holds facts without it.
  /** What was rated (评价对象): a case, or without one a person, a hall, the province, the platform itself. */
  subjectKind: z.enum(['CASE', 'STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM']).default('CASE'),
  /** Static code it came by. */
  staticCodeId: z.uuid().nullable().default(null),
  /** Of a probe of the hub itself (探测办件), outside all figures. */
  isProbe: z.boolean().default(false),
})

/** A rating was committed (评价已提交); the placement of the event is that of the rated service. No text, nothing personal. */
export type EvaluationSubmitted = z.infer<typeof payload>

/** Reads the fact's payload; throws when the log holds something else under its name. */
export function readEvaluationSubmitted(event: StampedEvent): EvaluationSubmitted {
  return payload.parse(event.payload)
}
