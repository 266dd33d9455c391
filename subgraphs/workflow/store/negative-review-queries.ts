import type { Transaction } from '../../shared/database.ts'
import { endedStates } from '../domain/negative-review-state.ts'
import { type NegativeReview, NegativeReviewEntity } from './negative-review.entity.ts'

/** A review with the end of its next clock; null when none runs. */
export type OpenNegativeReview = { review: NegativeReview; nextDueAt: Date | null }

export function negativeReviewsById({ em }: Transaction, ids: readonly string[]): Promise<NegativeReview[]> {
  return em.find(NegativeReviewEntity, { id: { $in: [...ids] } })
}

export function negativeReviewsOfEvaluations({ em }: Transaction, evaluationIds: readonly string[]) {
  return em.find(NegativeReviewEntity, { evaluationId: { $in: [...evaluationIds] } })
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

/**
 * Reviews that are not ended, least time left first; clocks that passed come before all others, reviews without a clock last.
 *
 * @param after the last row of the page before
 */
export async function openNegativeReviews(
  { em, query }: Transaction,
  narrowing: { regionCode: string | null },
  after: { at: string | null; id: string } | null,
  limit: number,
): Promise<OpenNegativeReview[]> {
  const rows = await query<{ id: string; next_due_at: Date | null }>(
    `select r.*, clock.next_due_at
     from workflow.negative_reviews r cross join lateral (
       select min(d.due_at) as next_due_at from workflow.deadlines d where d.negative_review_id = r.id and d.ended_at is null
     ) clock
     where r.state <> all ($1)
       and ($2::text is null or r.region_path like '%/' || $2 || '/%')
       and ($4::uuid is null
         or (coalesce(clock.next_due_at, 'infinity'), r.id) > (coalesce($3::timestamptz, 'infinity'), $4::uuid))
     order by coalesce(clock.next_due_at, 'infinity'), r.id
     limit $5`,
    [endedStates, narrowing.regionCode, after?.at ?? null, after?.id ?? null, limit],
  )
  return rows.map(({ next_due_at, ...row }) => ({
    review: em.map(NegativeReviewEntity, row),
    nextDueAt: next_due_at,
  }))
}
