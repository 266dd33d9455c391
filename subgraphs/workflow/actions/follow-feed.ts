import { type FeedEvent, type LiveFeedItem, liveFeed, readFeed } from '../../shared/events/feed.ts'
import { graphError } from '../../shared/graph-error.ts'
import { pageSize } from '../../shared/paging.ts'
import type { WorkflowContext } from '../context.ts'
import type { FeedItem } from '../domain/feed-item.ts'
import type { FeedScope } from '../domain/narrowed-scope.ts'
import { narrowToViewer } from './narrow-to-viewer.ts'

export type FeedArguments = { scope?: FeedScope | null; after?: string | null }

/** One page of a feed as the graph answers it; its events are still to be told by kind. */
export type FeedAnswer = {
  epoch: string
  latestPosition: string
  isReset: boolean
  serverTime: Date
  events: FeedEvent[]
}

/** What happened behind a position, as the viewer may see it (事件补读). */
export async function readFeedPage(
  feed: string,
  { scope, after, first }: FeedArguments & { first?: number | null },
  { viewer, database, now }: WorkflowContext,
): Promise<FeedAnswer> {
  const narrowed = narrowToViewer(viewer, scope)
  const size = pageSize(first)
  const page = await database.inScope(narrowed.scope, transaction =>
    readFeed(transaction, { source: 'workflow', feed, ...narrowed }, after ?? null, size),
  )
  return { ...page, latestPosition: String(page.latestPosition), serverTime: now() }
}

/** What happens from a position on, live, as the viewer may see it (事件实时). */
export function followFeed(
  feed: string,
  { scope, after }: FeedArguments,
  { viewer, database, tail }: WorkflowContext,
): AsyncIterableIterator<LiveFeedItem> {
  const narrowed = narrowToViewer(viewer, scope)
  const selection = { source: 'workflow', feed, ...narrowed } as const
  return liveFeed({
    selection,
    after: after ?? null,
    tail,
    read: (position, first) =>
      database.inScope(narrowed.scope, transaction => readFeed(transaction, selection, position, first)),
  })
}

/** What a live feed gave; throws FEED_RESET where the position asked for is unknown here, and the stream ends with it. */
export function orReset(item: LiveFeedItem): FeedItem {
  if (item === 'RESET') throw graphError('FEED_RESET')
  return item
}
