import type { Transaction } from '../../shared/database.ts'
import type { Identification } from '../domain/rater.ts'
import type { KeptAnswers } from './evaluation-queries.ts'

/** A picture (评价图片) as it is shown; its bytes lie in the picture store. */
export type RatingPicture = { id: string; width: number; height: number }

/** What the rater added later (补充评价). */
export type Supplement = KeptAnswers & {
  items: string[]
  text: string | null
  /** The text or one of the reasons seems to name a person. */
  isTextSuspectedPersonal: boolean
  supplementedAt: Date
}

/** The pictures of these ratings, in the order in which they are shown. */
export function picturesOfRatings(
  { query }: Transaction,
  ids: readonly string[],
): Promise<(RatingPicture & { evaluationId: string })[]> {
  return query(
    `select evaluation_id as "evaluationId", id, width, height from evaluations.evaluation_pictures
     where evaluation_id = any($1::uuid[]) order by evaluation_id, place`,
    [ids],
  )
}

/** What was added to these ratings; those without are left out. */
export function supplementsOfRatings(
  { query }: Transaction,
  ids: readonly string[],
): Promise<(Supplement & { evaluationId: string })[]> {
  return query(
    `select evaluation_id as "evaluationId", items, body as text, is_suspected_personal as "isTextSuspectedPersonal", environment,
       environment_reason as "environmentReason", attitude, attitude_reason as "attitudeReason", is_overcharged as "isOvercharged",
       is_intermediary_forced as "isIntermediaryForced", supplemented_at as "supplementedAt"
     from evaluations.evaluation_supplements where evaluation_id = any($1::uuid[])`,
    [ids],
  )
}

/** How the raters of these ratings were identified; those whose person was erased are left out. */
export function identificationsOfRatings(
  { query }: Transaction,
  ids: readonly string[],
): Promise<{ evaluationId: string; identifiedBy: Identification }[]> {
  return query(
    `select evaluation_id as "evaluationId", identified_by as "identifiedBy" from evaluations.evaluation_people
     where evaluation_id = any($1::uuid[])`,
    [ids],
  )
}
