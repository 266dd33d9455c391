import { z } from 'zod'
import type { StampedEvent } from './event.ts'

/** Name of the fact in the log of the evaluations subgraph. */
export const staticCodesChangedType = 'StaticCodesChanged'

const payload = z.object({
  subjectKind: z.enum(['STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM']),
  /** The person, the hall or station; of province and platform the province's region. */
  subjectId: z.uuid(),
  /** Static codes of the subject that are in use now: the whole number, so that a fact told twice changes nothing. */
  activeCount: z.int().min(0),
})

/** A static code came into use or went out of it (静态码启用、停用). */
export type StaticCodesChanged = z.infer<typeof payload>

/** Reads the fact's payload; throws when the log holds something else under its name. */
export function readStaticCodesChanged(event: StampedEvent): StaticCodesChanged {
  return payload.parse(event.payload)
}
