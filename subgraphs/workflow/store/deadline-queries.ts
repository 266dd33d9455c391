import type { Transaction } from '../../shared/database.ts'
import { type Deadline, DeadlineEntity } from './deadline.entity.ts'

export function deadlinesById({ em }: Transaction, ids: readonly string[]): Promise<Deadline[]> {
  return em.find(DeadlineEntity, { id: { $in: [...ids] } })
}

/** All clocks of these reviews: those that run before those that ended, the next due first. */
export async function deadlinesOfReviews({ em }: Transaction, reviewIds: readonly string[]): Promise<Deadline[]> {
  const found = await em.find(DeadlineEntity, { negativeReviewId: { $in: [...reviewIds] } })
  const isEnded = (deadline: Deadline) => Number(deadline.endedAt != null)
  return found.sort((a, b) => isEnded(a) - isEnded(b) || a.dueAt.getTime() - b.dueAt.getTime())
}
