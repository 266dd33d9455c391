import { type OutboxRow, outboxColumns, stampedEvent } from '../../../db/outbox.ts'
import type { Transaction } from '../database.ts'
import { scopeCovers } from '../scope-covers.ts'
import type { SubgraphName } from '../subgraph.ts'
import type { Scope } from '../viewer.ts'
import type { StampedEvent } from './event.ts'
import type { LogTail } from './log-tail.ts'

/** Silence after which a live feed says that it is still there, milliseconds. */
export const feedHeartbeatMilliseconds = 10_000

/** Which events a feed shows: its name, and the scope of who reads it, already narrowed to what he asked for. */
export type FeedSelection = {
  source: SubgraphName
  feed: string
  scope: Scope
  /** Only the division with this code and all below it: paths are made of codes, so an event tells by itself whether it lies there. */
  regionCode?: string | null
}

/** An event with the position of the one before it in the very same feed: a gap is only what this shows (decision 8). */
export type FeedEvent = { event: StampedEvent; previousPosition: number }

export type FeedPage = {
  epoch: string
  latestPosition: number
  isReset: boolean
  events: FeedEvent[]
}

/**
 * Reads a feed behind a position, in commit order, under the reader's own scope.
 *
 * @param after `epoch:position` or a bare position; null begins at the present end, which gives no events
 */
export async function readFeed(
  transaction: Transaction,
  selection: FeedSelection,
  after: string | null,
  first: number,
): Promise<FeedPage> {
  const { source, feed } = selection
  const narrow = narrowingSql(selection)
  const [head] = await transaction.query<{ epoch: string; latest: string }>(
    `select h.epoch, coalesce((select max(o.position) from ${source}.outbox o where o.feed = $1 and o.position is not null ${narrow.sql(1)}), 0) as latest
     from ${source}.outbox_head h`,
    [feed, ...narrow.values],
  )
  const latestPosition = Number(head!.latest)
  const page = { epoch: head!.epoch, latestPosition, isReset: false, events: [] as FeedEvent[] }
  if (after === null) return page
  const from = parsePosition(after)
  if (from === null || (from.epoch !== null && from.epoch !== page.epoch) || from.position > latestPosition) {
    return { ...page, isReset: true }
  }
  const rows = await transaction.query<OutboxRow & { previous: string | null }>(
    `select ${outboxColumns}, lag(o.position) over (order by o.position) as previous
     from ${source}.outbox o cross join ${source}.outbox_head h
     where o.feed = $1 and o.position >= coalesce((
       select max(o.position) from ${source}.outbox o where o.feed = $1 and o.position <= $2 ${narrow.sql(3)}
     ), 0) ${narrow.sql(3)}
     order by o.position limit $3`,
    [feed, from.position, first + 1, ...narrow.values],
  )
  for (const row of rows) {
    if (Number(row.position) <= from.position) continue
    if (page.events.length === first) break
    page.events.push({ event: stampedEvent(source, row), previousPosition: Number(row.previous ?? 0) })
  }
  return page
}

export type LiveFeedItem = FeedEvent | { epoch: string; latestPosition: number } | 'RESET'

/**
 * A feed that goes on: what lies behind `after`, then every event as it is committed; only the latest position when it has been
 * silent for ten seconds; `RESET` and the end when `after` is unknown here. Returning ends it at once.
 */
export function liveFeed(options: {
  selection: FeedSelection
  after: string | null
  tail: LogTail
  read: (after: string | null, first: number) => Promise<FeedPage>
}): AsyncIterableIterator<LiveFeedItem> {
  const { selection, tail } = options
  const queue: StampedEvent[] = []
  let wake = () => {}
  let isEnded = false
  const listening = tail.listen(event => {
    if (!event || !isSelected(selection, event)) return
    queue.push(event)
    wake()
  })
  const isSilent = () =>
    new Promise<boolean>(resolve => {
      const timer = setTimeout(() => resolve(true), feedHeartbeatMilliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve(false)
      }
    })

  async function* run(): AsyncGenerator<LiveFeedItem, void> {
    const start = await options.read(options.after, 1)
    if (start.isReset) {
      yield 'RESET'
      return
    }
    let epoch = start.epoch
    let last = options.after === null ? start.latestPosition : parsePosition(options.after)!.position
    while (options.after !== null && last < start.latestPosition) {
      for (const item of (await options.read(`${epoch}:${last}`, 100)).events) {
        yield item
        last = item.event.position
      }
    }
    while (!isEnded) {
      const event = queue.shift()
      if (!event) {
        if (await isSilent()) yield { epoch, latestPosition: last }
        continue
      }
      if (event.epoch === epoch && event.position <= last) continue
      yield { event, previousPosition: event.epoch === epoch ? last : 0 }
      epoch = event.epoch
      last = event.position
    }
  }

  const running = run()
  const end = () => {
    isEnded = true
    listening.stop()
    wake()
  }
  return {
    next: () => running.next(),
    return: () => {
      end()
      return running.return(undefined)
    },
    throw: error => {
      end()
      return running.throw(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** Reads `epoch:position` or a bare position; null when it is neither. */
export function parsePosition(text: string): { epoch: string | null; position: number } | null {
  const match = /^(?:([0-9a-f-]{36}):)?(\d{1,15})$/.exec(text)
  return match ? { epoch: match[1] ?? null, position: Number(match[2]) } : null
}

/** The same choice as `narrowingSql`, for events that are already in memory. */
function isSelected({ feed, scope, regionCode }: FeedSelection, event: StampedEvent): boolean {
  if (event.feed !== feed || !scopeCovers(scope, event.placement)) return false
  return regionCode == null || event.placement.regionPath.includes(`/${regionCode}/`)
}

/** The scope's own columns once more as plain conditions, so that the feed's indexes serve it; row-level security stays the judge. */
function narrowingSql({ scope, regionCode }: FeedSelection): { values: string[]; sql: (offset: number) => string } {
  if (scope.reach !== 'REGION') return { values: [], sql: () => '' }
  const columns: [string, string | undefined][] = [
    ['department_id', scope.departmentId],
    ['line_id', scope.lineId],
    ['hall_id', scope.hallId],
    ['window_id', scope.windowId],
    ['staff_member_id', scope.staffMemberId],
  ]
  const used = columns.filter((column): column is [string, string] => column[1] !== undefined)
  return {
    values: [`${scope.regionPath}%`, regionCode == null ? '%' : `%/${regionCode}/%`, ...used.map(([, value]) => value)],
    sql: offset =>
      [
        `o.region_path like $${offset + 1}`,
        `o.region_path like $${offset + 2}`,
        ...used.map(([column], index) => `o.${column} = $${offset + 3 + index}::uuid`),
      ]
        .map(condition => ` and ${condition}`)
        .join(''),
  }
}
