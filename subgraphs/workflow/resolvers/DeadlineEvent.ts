import type { WorkflowContext } from '../context.ts'
import { epochOf, eventOf, type FeedItem, positionOf, previousPositionOf } from '../domain/feed-item.ts'
import type { DeadlineEventType } from '../events.ts'

const kinds: Record<DeadlineEventType, string> = {
  DeadlineStarted: 'STARTED',
  DeadlineApproaching: 'APPROACHING',
  DeadlinePassed: 'PASSED',
}

export const DeadlineEvent = {
  epoch: epochOf,
  position: positionOf,
  previousPosition: previousPositionOf,
  kind: (item: FeedItem) => kinds[eventOf(item)?.type as DeadlineEventType] ?? 'HEARTBEAT',
  at: (item: FeedItem, _: unknown, { now }: WorkflowContext) => eventOf(item)?.occurredAt ?? now(),
  secondsLeft: (item: FeedItem) => eventOf(item)?.payload.secondsLeft ?? null,
  deadline(item: FeedItem, _: unknown, { loaders }: WorkflowContext) {
    const event = eventOf(item)
    return event && loaders.deadline(event.subjectId)
  },
}
