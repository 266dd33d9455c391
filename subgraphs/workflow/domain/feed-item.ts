import type { FeedEvent, LiveFeedItem } from '../../shared/events/feed.ts'

/** Silence with the newest position of the feed, so that a lost last event shows (心跳). */
export type Heartbeat = Extract<LiveFeedItem, { latestPosition: number }>

export type FeedItem = FeedEvent | Heartbeat

/** The event of an item; null for a heartbeat. */
export function eventOf(item: FeedItem): FeedEvent['event'] | null {
  return 'event' in item ? item.event : null
}

export function epochOf(item: FeedItem): string {
  return 'event' in item ? item.event.epoch : item.epoch
}

/** Place in the feed, as text: positions may grow past what a client's Int holds. */
export function positionOf(item: FeedItem): string {
  return String('event' in item ? item.event.position : item.latestPosition)
}

/** Position of the event before it in the same feed; a heartbeat stands where the feed stands. */
export function previousPositionOf(item: FeedItem): string {
  return String('event' in item ? item.previousPosition : item.latestPosition)
}
