import type { Transaction } from '../../shared/database.ts'

/** The review's clock cannot be computed yet (待定时限). */
export async function awaitClock({ query }: Transaction, negativeReviewId: string): Promise<void> {
  await query(`insert into workflow.waiting_clocks (negative_review_id) values ($1)`, [negativeReviewId])
}

/** Reviews whose clock waits, each locked for this transaction, behind the one given. */
export async function waitingReviews({ query }: Transaction, after: string | null, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `select negative_review_id as id from workflow.waiting_clocks where $1::uuid is null or negative_review_id > $1
     order by negative_review_id limit $2 for update skip locked`,
    [after, limit],
  )
  return rows.map(({ id }) => id)
}

export async function endWaiting({ query }: Transaction, negativeReviewIds: readonly string[]): Promise<void> {
  await query(`delete from workflow.waiting_clocks where negative_review_id = any ($1::uuid[])`, [negativeReviewIds])
}
