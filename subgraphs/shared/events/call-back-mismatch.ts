import { z } from 'zod'
import type { StampedEvent } from './event.ts'

/** Name of the fact in the log of the evaluations subgraph. */
export const callBackMismatchType = 'CallBackMismatch'

const level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])

const payload = z.object({
  evaluationId: z.uuid(),
  caseId: z.uuid(),
  cityCode: z.string(),
  /** DIFFERENT: the person names another level; DENIED: he says that he never rated. */
  result: z.enum(['DIFFERENT', 'DENIED']),
  recordedLevel: level,
  /** The level that he names; null when he denies. */
  statedLevel: level.nullable(),
  /** Whether the caller had rung or was called. */
  source: z.enum(['HOTLINE', 'INVITATION']),
  /** Account of the operator who took the rating. */
  operatorId: z.string(),
})

/** Who was called back says otherwise than was recorded on the phone (回访不符): a signal of integrity. The placement is that of the rating. */
export type CallBackMismatch = z.infer<typeof payload>

/** Reads the fact's payload; throws when the log holds something else under its name. */
export function readCallBackMismatch(event: StampedEvent): CallBackMismatch {
  return payload.parse(event.payload)
}
