import type { FeedEvent, LiveFeedItem } from '../../../shared/events/feed.ts'
import { graphError } from '../../../shared/graph-error.ts'
import { followClosings } from '../../actions/read-closings.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { windowId: string; after?: string | null }

export const serviceCaseClosed = {
  subscribe: async (_: unknown, { windowId, after }: Arguments, context: CasesContext) =>
    followClosings(context, windowId, after ?? null),
  resolve(item: LiveFeedItem, _: unknown, { now }: CasesContext) {
    if (item === 'RESET') throw graphError('FEED_RESET')
    return 'event' in item ? closedEvent(item, now()) : heartbeat(item, now())
  },
}

/** A closing as the graph shows it. */
export function closedEvent({ event, previousPosition }: FeedEvent, at: Date) {
  return {
    epoch: event.epoch,
    position: String(event.position),
    previousPosition: String(previousPosition),
    at,
    isHeartbeat: false,
    caseId: event.subjectId,
  }
}

function heartbeat({ epoch, latestPosition }: { epoch: string; latestPosition: number }, at: Date) {
  const position = String(latestPosition)
  return { epoch, position, previousPosition: position, at, isHeartbeat: true, caseId: null }
}
