import { seesWhoRated } from '../../shared/anonymity.ts'
import type { WorkflowContext } from '../context.ts'
import { epochOf, eventOf, type FeedItem, positionOf, previousPositionOf } from '../domain/feed-item.ts'
import { visibleNoticeAt } from '../domain/visible-clock.ts'
import type { DeadlineEventType, DeadlineFact } from '../events.ts'

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
  async at(item: FeedItem, _: unknown, { now, viewer, loaders }: WorkflowContext) {
    const event = eventOf(item)
    if (!event) return now()
    if (seesWhoRated(viewer)) return event.occurredAt
    const fact = event.payload as DeadlineFact
    return visibleNoticeAt(viewer, fact, await loaders.isAnonymous(fact.negativeReviewId), new Date(event.occurredAt))
  },
  secondsLeft: (item: FeedItem) => eventOf(item)?.payload.secondsLeft ?? null,
  deadline(item: FeedItem, _: unknown, { loaders }: WorkflowContext) {
    const event = eventOf(item)
    return event && loaders.deadline(event.subjectId)
  },
}
