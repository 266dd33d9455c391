import type { WorkflowContext } from '../context.ts'
import { epochOf, eventOf, type FeedItem, positionOf, previousPositionOf } from '../domain/feed-item.ts'
import { visibleOpenedAt } from '../domain/visibility.ts'
import type { NegativeReviewEventType, NegativeReviewOpened } from '../events.ts'

const kinds: Record<NegativeReviewEventType, string> = {
  NegativeReviewOpened: 'OPENED',
  NegativeReviewAcknowledged: 'ACKNOWLEDGED',
}

export const NegativeReviewEvent = {
  epoch: epochOf,
  position: positionOf,
  previousPosition: previousPositionOf,
  kind: (item: FeedItem) => kinds[eventOf(item)?.type as NegativeReviewEventType] ?? 'HEARTBEAT',
  at(item: FeedItem, _: unknown, { now, viewer }: WorkflowContext) {
    const event = eventOf(item)
    if (event?.type !== 'NegativeReviewOpened') return event?.occurredAt ?? now()
    const { isAnonymous } = event.payload as NegativeReviewOpened
    return visibleOpenedAt(viewer, { openedAt: new Date(event.occurredAt), isAnonymous })
  },
  negativeReview(item: FeedItem, _: unknown, { loaders }: WorkflowContext) {
    const event = eventOf(item)
    return event && loaders.negativeReview(event.subjectId)
  },
}
