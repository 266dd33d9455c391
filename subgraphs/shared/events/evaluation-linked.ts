import { z } from 'zod'
import type { StampedEvent } from './event.ts'

/** Name of the fact in the log of the evaluations subgraph. */
export const evaluationLinkedType = 'EvaluationLinked'

const payload = z.object({
  evaluationId: z.uuid(),
  caseId: z.uuid(),
  /** City of the case. */
  cityCode: z.string(),
})

/** An unlinked rating was tied to a case (补关联); the placement of the event is that of the rating, which stays where it was given. */
export type EvaluationLinked = z.infer<typeof payload>

/** Reads the fact's payload; throws when the log holds something else under its name. */
export function readEvaluationLinked(event: StampedEvent): EvaluationLinked {
  return payload.parse(event.payload)
}
