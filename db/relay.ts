import type { Bus } from '../subgraphs/shared/bus/bus.ts'
import type { Database } from '../subgraphs/shared/database.ts'
import type { LogMessage, StampedEvent } from '../subgraphs/shared/events/event.ts'
import type { SubgraphName } from '../subgraphs/shared/subgraph.ts'
import { eventsAfter, logHead, type OutboxRow, outboxColumns, stampedEvent } from './outbox.ts'

const relayScope = { reach: 'EVERYTHING', name: 'relay' } as const
/** Events stamped, published or replayed in one go. */
const batch = 500
/** Events replayed for one request: a listener that is further behind asks again when it has applied them. */
const longestReplay = 2_000
/** How often the end of the log is told, so that a lost last message is noticed within it. */
const heartbeatMilliseconds = 1_000

/** Topic on which a subgraph's facts travel, and the one on which a listener asks for those behind a position. */
export const logTopic = (source: SubgraphName) => `${source}.log`
export const replayTopic = (source: SubgraphName) => `${source}.replay`

/**
 * The one relay of a schema (decision 8). Under an advisory lock it stamps positions on rows after they committed, then publishes them.
 * A serial or time taken before commit is no order to follow: a late commit would be skipped for ever.
 * Standby copies wait for the lock. A message lost on the way is asked for again by the listener that misses it.
 */
export async function startRelay(options: {
  source: SubgraphName
  database: Database
  bus: Bus
  log: (line: string) => void
}): Promise<{ stop(): Promise<void> }> {
  const { source, database, bus, log } = options
  let stopped = false
  let wake = () => {}
  let isWoken = false
  let isLeading = false
  const nudge = () => {
    isWoken = true
    wake()
  }
  const notices = await database.listen(`${source}_outbox`, nudge)
  const requests = await bus.subscribe(replayTopic(source), message => void replay(Number(message)))
  const pool = await database.pool()

  async function replay(from: number) {
    if (!isLeading) return
    try {
      for (let position = from; position < from + longestReplay; ) {
        const events = await database.inScope(relayScope, tx => eventsAfter(tx, source, position, batch))
        if (events.length === 0) return
        await bus.publish(logTopic(source), events.map(eventMessage))
        position = events.at(-1)!.position
      }
    } catch (error) {
      log(`relay ${source}: replay from ${from} failed: ${(error as Error).message}`)
    }
  }

  async function stampAndPublish() {
    for (;;) {
      const stamped = await database.inScope(relayScope, async tx => {
        // The head is locked in a statement of its own: the next one then sees what a relay before us stamped.
        // With nothing to stamp it is left alone, so that an idle hub writes nothing.
        const heads = await tx.query(
          `select from ${source}.outbox_head where exists (select from ${source}.outbox where position is null) for update`,
        )
        return heads.length === 0 ? [] : tx.query<OutboxRow>(stampStatement(source), [batch])
      })
      const events = stamped.map(row => stampedEvent(source, row)).sort((a, b) => a.position - b.position)
      if (events.length > 0) await bus.publish(logTopic(source), events.map(eventMessage))
      if (stamped.length < batch) return
    }
  }

  async function tellHead() {
    const head = await database.inScope(relayScope, tx => logHead(tx, source))
    await bus.publish(logTopic(source), [JSON.stringify({ kind: 'heartbeat', ...head } satisfies LogMessage)])
  }

  async function lead() {
    let nextHeartbeat = 0
    while (!stopped && isLeading) {
      isWoken = false
      await stampAndPublish()
      if (Date.now() >= nextHeartbeat) {
        await tellHead()
        nextHeartbeat = Date.now() + heartbeatMilliseconds
      }
      if (!isWoken && !stopped) await pause(heartbeatMilliseconds)
    }
  }

  function pause(milliseconds: number) {
    return new Promise<void>(resolve => {
      const timer = setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function run() {
    while (!stopped) {
      const lock = await pool.connect().catch(() => null)
      if (!lock) {
        await pause(500)
        continue
      }
      const lost = () => {
        isLeading = false
      }
      lock.on('error', lost)
      try {
        const { rows } = await lock.query(`select pg_try_advisory_lock(hashtext($1)) as leads`, [`relay-${source}`])
        isLeading = rows[0].leads
        if (isLeading) await lead()
        else await pause(heartbeatMilliseconds)
      } catch (error) {
        if (!stopped) log(`relay ${source}: ${(error as Error).message}`)
        await pause(500)
      } finally {
        isLeading = false
        lock.removeListener('error', lost)
        // The lock belongs to the session, so the connection must not go back to the pool.
        lock.release(true)
      }
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await notices.stop()
      await requests.stop()
      await running
    },
  }
}

const eventMessage = (event: StampedEvent) => JSON.stringify({ kind: 'event', event } satisfies LogMessage)

/** Positions follow `seq` inside a batch: it is taken at insert, so whoever began after another's commit comes after it. */
function stampStatement(source: SubgraphName): string {
  return `
    with next as (
      select seq, row_number() over (order by seq) as place from (
        select seq from ${source}.outbox where position is null order by seq limit $1
      ) unstamped
    ), h as (
      update ${source}.outbox_head set position = position + (select count(*) from next)
      where exists (select from next)
      returning epoch, position - (select count(*) from next) as base
    )
    update ${source}.outbox o set position = h.base + next.place from next, h
    where o.seq = next.seq
    returning ${outboxColumns}`
}
