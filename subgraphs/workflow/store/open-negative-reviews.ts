import type { Transaction } from '../../shared/database.ts'
import type { NarrowedScope } from '../domain/narrowed-scope.ts'
import { endedStates } from '../domain/negative-review-state.ts'
import { type NegativeReview, NegativeReviewEntity } from './negative-review.entity.ts'

/** A review with the end of its next clock; null when none runs. */
export type OpenNegativeReview = { review: NegativeReview; nextDueAt: Date | null }

/**
 * Reviews that are not ended, least time left first: clocks that passed come before all others, reviews without a clock last.
 * Those who may not know the minute of an anonymous rating get its clock cut to the hour: neither order nor cursor tells it.
 * Hall and department are conditions once more, so that a wall or a queue reads by index; row-level security stays the judge.
 *
 * @param options.includesProbes probes of the hub itself as well
 * @param after end of the next clock and id of the last row of the page before
 */
export async function openNegativeReviews(
  { em, query }: Transaction,
  { scope, regionCode }: NarrowedScope,
  after: { at: string | null; id: string } | null,
  limit: number,
  { seesMinutes, includesProbes }: { seesMinutes: boolean; includesProbes: boolean },
): Promise<OpenNegativeReview[]> {
  const rows = await query<{ next_due_at: Date | null }>(
    `select r.*, clock.next_due_at
     from workflow.negative_reviews r cross join lateral (
       select min(case when r.is_anonymous and not $8 then date_trunc('hour', d.due_at, 'UTC') else d.due_at end) as next_due_at from workflow.deadlines d where d.negative_review_id = r.id and d.ended_at is null
     ) clock
     where r.state <> all ($1)
       and ($9 or not r.is_probe)
       and ($2::uuid is null or r.hall_id = $2)
       and ($3::uuid is null or r.department_id = $3)
       and ($4::text is null or r.region_path like '%/' || $4 || '/%')
       and ($6::uuid is null
         or (coalesce(clock.next_due_at, 'infinity'), r.id) > (coalesce($5::timestamptz, 'infinity'), $6::uuid))
     order by coalesce(clock.next_due_at, 'infinity'), r.id
     limit $7`,
    [
      endedStates,
      scope.hallId ?? null,
      scope.departmentId ?? null,
      regionCode,
      after?.at ?? null,
      after?.id ?? null,
      limit,
      seesMinutes,
      includesProbes,
    ],
  )
  return rows.map(({ next_due_at, ...row }) => ({ review: em.map(NegativeReviewEntity, row), nextDueAt: next_due_at }))
}
