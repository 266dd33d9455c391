import type { Transaction } from '../../shared/database.ts'

/** Writes the case into the review of a rating and into its clocks, unless they have one. Good ratings have no review. */
export async function linkReviewToCase({ query }: Transaction, evaluationId: string, caseId: string): Promise<void> {
  await query(
    `with reviewed as (
       update workflow.negative_reviews set case_id = $2 where evaluation_id = $1 and case_id is null returning id
     )
     update workflow.deadlines set case_id = $2 where negative_review_id in (select id from reviewed)`,
    [evaluationId, caseId],
  )
}
