import { z } from 'zod'
import type { StampedEvent } from './event.ts'

/** Names of the facts in the log of the evaluations subgraph. */
export const evaluationInvalidatedType = 'EvaluationInvalidated'
export const evaluationRevalidatedType = 'EvaluationRevalidated'

const payload = z.object({
  evaluationId: z.uuid(),
  /** Null when the rating is not linked to a case. */
  caseId: z.uuid().nullable(),
  cityCode: z.string(),
  /** The row that says it. */
  invalidationId: z.uuid(),
  /** Through what it was decided. */
  source: z.enum(['INTEGRITY_SIGNAL', 'VERIFICATION', 'APPEAL']),
  /** The signal, review or appeal. */
  sourceId: z.uuid(),
})

/**
 * A rating was declared invalid (评价无效): shown, counted nowhere; or the last such decision about it was revoked (撤销无效). The placement
 * of the event is that of the rating. Ids alone.
 */
export type EvaluationValidityChanged = z.infer<typeof payload>

/** Reads the payload of either fact; throws when the log holds something else under its name. */
export function readEvaluationValidityChanged(event: StampedEvent): EvaluationValidityChanged {
  return payload.parse(event.payload)
}
