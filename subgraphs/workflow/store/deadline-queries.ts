import type { Transaction } from '../../shared/database.ts'
import { type Deadline, DeadlineEntity } from './deadline.entity.ts'

export async function deadlinesById({ em, query }: Transaction, ids: readonly string[]): Promise<Deadline[]> {
  const rows = await query('select * from workflow.deadlines where id = any($1::uuid[])', [ids])
  return rows.map(row => em.map(DeadlineEntity, row))
}

/** All clocks of these reviews: those that run before those that ended, the next due first. */
export async function deadlinesOfReviews(
  { em, query }: Transaction,
  reviewIds: readonly string[],
): Promise<Deadline[]> {
  const rows = await query(
    'select * from workflow.deadlines where negative_review_id = any($1::uuid[]) order by ended_at is not null, due_at',
    [reviewIds],
  )
  return rows.map(row => em.map(DeadlineEntity, row))
}
