import type { Transaction } from '../../shared/database.ts'
import { type NegativeReview, NegativeReviewEntity } from './negative-review.entity.ts'

export async function negativeReviewsById(
  { em, query }: Transaction,
  ids: readonly string[],
): Promise<NegativeReview[]> {
  const rows = await query('select * from workflow.negative_reviews where id = any($1::uuid[])', [ids])
  return rows.map(row => em.map(NegativeReviewEntity, row))
}

export async function negativeReviewsOfEvaluations(
  { em, query }: Transaction,
  evaluationIds: readonly string[],
): Promise<NegativeReview[]> {
  const rows = await query('select * from workflow.negative_reviews where evaluation_id = any($1::uuid[])', [
    evaluationIds,
  ])
  return rows.map(row => em.map(NegativeReviewEntity, row))
}

/** Of each case the latest hundred, latest first. */
export async function negativeReviewsOfCases(
  { em, query }: Transaction,
  caseIds: readonly string[],
  includesAnonymous: boolean,
): Promise<NegativeReview[]> {
  const rows = await query(
    `select r.* from unnest($1::uuid[]) as wanted(case_id) cross join lateral (
       select * from workflow.negative_reviews r
       where r.case_id = wanted.case_id and ($2 or not r.is_anonymous)
       order by r.id desc limit 100
     ) r order by r.id desc`,
    [caseIds, includesAnonymous],
  )
  return rows.map(row => em.map(NegativeReviewEntity, row))
}
