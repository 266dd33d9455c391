import DataLoader from 'dataloader'
import { seesWhoRated } from '../../shared/anonymity.ts'
import type { Database, Transaction } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import type { Deadline } from './deadline.entity.ts'
import { deadlinesById, deadlinesOfReviews } from './deadline-queries.ts'
import type { NegativeReview } from './negative-review.entity.ts'
import { negativeReviewsById, negativeReviewsOfCases, negativeReviewsOfEvaluations } from './negative-review-queries.ts'

/** Batched reads of one request: one statement a batch, always under the viewer's own scope. */
export function createLoaders(database: Database, viewer: Viewer) {
  const batched = <Row>(
    read: (transaction: Transaction, ids: readonly string[]) => Promise<Row[]>,
    keyOf: (row: Row) => string | null | undefined,
  ) =>
    new DataLoader<string, Row[]>(async keys => {
      const ids = keys.filter(isId)
      const rows = ids.length === 0 ? [] : await database.inScope(viewer.scope, tx => read(tx, ids))
      const byKey = Map.groupBy(rows, keyOf)
      return keys.map(key => byKey.get(key) ?? [])
    })
  const reviews = batched<NegativeReview>(negativeReviewsById, review => review.id)
  const reviewsOfEvaluation = batched<NegativeReview>(negativeReviewsOfEvaluations, review => review.evaluationId)
  const deadlines = batched<Deadline>(deadlinesById, deadline => deadline.id)
  const reviewsOfCase = batched<NegativeReview>(
    (tx, ids) => negativeReviewsOfCases(tx, ids, seesWhoRated(viewer)),
    review => review.caseId,
  )
  const deadlinesOfReview = batched<Deadline>(deadlinesOfReviews, deadline => deadline.negativeReviewId)
  const first = async <Row>(rows: Promise<Row[]>) => (await rows)[0] ?? null
  return {
    /** Null when unknown or outside the scope. */
    negativeReview: (id: string) => first(reviews.load(id)),
    /** So that the clocks of a review that was read already need not ask for it again. */
    keepNegativeReview: (review: NegativeReview) => void reviews.prime(review.id, [review]),
    /** Whether the rating behind a review is anonymous; a review that does not show counts as such. */
    isAnonymous: async (reviewId: string) => (await first(reviews.load(reviewId)))?.isAnonymous ?? true,
    deadline: (id: string) => first(deadlines.load(id)),
    negativeReviewOfEvaluation: (evaluationId: string) => first(reviewsOfEvaluation.load(evaluationId)),
    negativeReviewsOfCase: (caseId: string) => reviewsOfCase.load(caseId),
    deadlinesOfReview: (reviewId: string) => deadlinesOfReview.load(reviewId),
  }
}

export type Loaders = ReturnType<typeof createLoaders>
