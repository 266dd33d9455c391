import type { Transaction } from '../../shared/database.ts'
import { readEvaluationLinked } from '../../shared/events/evaluation-linked.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import { linkReviewToCase } from '../store/review-links.ts'

/** The bad rating behind a review got its case afterwards (补关联): review and clocks name it from now on; who answers for it stays. */
export async function keepLinkedCase(transaction: Transaction, event: StampedEvent): Promise<void> {
  const { evaluationId, caseId } = readEvaluationLinked(event)
  await linkReviewToCase(transaction, evaluationId, caseId)
}
