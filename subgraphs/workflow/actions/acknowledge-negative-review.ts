import { recordEvents } from '../../../db/outbox.ts'
import type { Database } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { mayAcknowledge } from '../domain/acknowledging.ts'
import { negativeReviewAcknowledged } from '../events.ts'
import { type NegativeReview, NegativeReviewEntity } from '../store/negative-review.entity.ts'

export type Acknowledgement =
  | { negativeReview: NegativeReview }
  | { refused: 'NOT_PERMITTED' | 'NEGATIVE_REVIEW_NOT_FOUND' }

/** Notes that somebody on duty has seen a bad rating (知悉). The first one stands; whoever comes later is answered with it. */
export async function acknowledgeNegativeReview(
  database: Database,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<Acknowledgement> {
  if (!mayAcknowledge(viewer)) return { refused: 'NOT_PERMITTED' }
  if (!isId(id)) return { refused: 'NEGATIVE_REVIEW_NOT_FOUND' }
  return database.inScope(viewer.scope, async transaction => {
    const { em } = transaction
    const isFirst = await em.nativeUpdate(
      NegativeReviewEntity,
      { id, acknowledgedAt: null },
      { acknowledgedAt: now, acknowledgedById: viewer.id, acknowledgedByName: viewer.name },
    )
    const negativeReview = await em.findOne(NegativeReviewEntity, { id })
    if (!negativeReview) return { refused: 'NEGATIVE_REVIEW_NOT_FOUND' }
    if (isFirst) {
      await recordEvents(transaction, 'workflow', [negativeReviewAcknowledged(negativeReview, viewer.id, now)])
    }
    return { negativeReview }
  })
}
