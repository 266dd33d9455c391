import { logTopic, replayTopic } from '../../../db/relay.ts'
import type { Bus } from '../bus/bus.ts'
import type { Database, Transaction } from '../database.ts'
import type { SubgraphName } from '../subgraph.ts'
import type { LogMessage, StampedEvent } from './event.ts'

const consumerScope = { reach: 'EVERYTHING', name: 'consumer' } as const
/** Attempts at one event before it is parked and the next one gets its turn. */
const attempts = 5
const batch = 200
/** Events held while others are applied; whatever comes beyond is asked for again, so that a flood of facts fills the log and not the memory. */
const mostWaiting = 2_000
/** Between two requests for what was missed: a replay under way must not be asked for again and again. */
const askMilliseconds = 250

export type Handlers = Record<string, (transaction: Transaction, event: StampedEvent) => Promise<void>>

/**
 * Applies another subgraph's facts, each once, in order: how far it got (收件箱) is kept in the transaction of what it did.
 * An event missed on the bus is asked for again; one that cannot be applied is parked with its fault after five attempts, and logged.
 */
export async function startConsumer(options: {
  name: string
  /** Whose facts. */
  source: SubgraphName
  /** Whose inbox: the schema of the subgraph that consumes. */
  owner: SubgraphName
  handlers: Handlers
  database: Database
  bus: Bus
  log: (line: string) => void
}): Promise<{ stop(): Promise<void>; position(): number }> {
  const { name, source, owner, handlers, database, bus, log } = options
  let applied = await database.inScope(consumerScope, tx => readInbox(tx))
  let waiting: StampedEvent[] = []
  let asked = 0
  let asking: NodeJS.Timeout | null = null
  let working: Promise<void> | null = null
  /** The newest position heard of, so that a backlog is asked for as soon as there is room. */
  let newest = 0
  let stopped = false

  async function readInbox(tx: Transaction, lock = '') {
    const [row] = await tx.query<{ epoch: string; position: string }>(
      `select epoch, position from ${owner}.inbox where consumer = $1 and source = $2 ${lock}`,
      [name, source],
    )
    return { epoch: row?.epoch ?? '', position: Number(row?.position ?? 0) }
  }

  function askAgain() {
    asking ??= setTimeout(
      () => {
        asking = null
        asked = Date.now()
        void bus.publish(replayTopic(source), [String(applied.position)]).catch(() => {})
      },
      Math.max(0, asked + askMilliseconds - Date.now()),
    )
  }

  function receive(message: LogMessage) {
    if (message.kind === 'heartbeat') {
      newest = message.position
      if (message.position > applied.position && waiting.length === 0 && !working) askAgain()
      return
    }
    newest = message.event.position
    if (waiting.length >= mostWaiting) return
    waiting.push(message.event)
    working ??= drain().finally(() => {
      working = null
    })
  }

  async function drain() {
    while (waiting.length > 0 && !stopped) {
      const events = waiting.splice(0, batch).sort((a, b) => a.position - b.position)
      for (let attempt = 1; ; attempt++) {
        try {
          await apply(events, attempt >= attempts)
          break
        } catch (error) {
          log(`consumer ${name}: ${(error as Error).message} (attempt ${attempt})`)
          if (stopped) return
          await new Promise(resolve => setTimeout(resolve, Math.min(5_000, 100 * 2 ** attempt)))
        }
      }
    }
    if (newest > applied.position && !stopped) askAgain()
  }

  async function apply(events: StampedEvent[], parkFaults: boolean) {
    const next = await database.inScope(consumerScope, async tx => {
      await tx.query(
        `insert into ${owner}.inbox (consumer, source, epoch, position) values ($1, $2, $3, 0) on conflict do nothing`,
        [name, source, events[0]!.epoch],
      )
      let { epoch, position } = await readInbox(tx, 'for update')
      for (const event of events) {
        if (event.epoch === epoch && event.position <= position) continue
        if (event.epoch === epoch && event.position > position + 1) {
          askAgain()
          break
        }
        await applyOne(tx, event, parkFaults)
        epoch = event.epoch
        position = event.position
      }
      await tx.query(`update ${owner}.inbox set epoch = $3, position = $4 where consumer = $1 and source = $2`, [
        name,
        source,
        epoch,
        position,
      ])
      return { epoch, position }
    })
    applied = next
  }

  async function applyOne(tx: Transaction, event: StampedEvent, parkFaults: boolean) {
    const handle = handlers[event.type]
    if (!handle) return
    if (!parkFaults) return handle(tx, event)
    await tx.query('savepoint one_event')
    try {
      await handle(tx, event)
      await tx.query('release savepoint one_event')
    } catch (error) {
      await tx.query('rollback to savepoint one_event')
      log(`consumer ${name}: parked ${event.type} ${event.id}: ${(error as Error).message}`)
      await tx.query(
        `insert into ${owner}.inbox_parked (consumer, source, event_id, position, fault) values ($1, $2, $3, $4, $5)
         on conflict do nothing`,
        [name, source, event.id, event.position, (error as Error).message],
      )
    }
  }

  const subscription = await bus.subscribe(logTopic(source), text => receive(JSON.parse(text) as LogMessage))
  await bus.publish(replayTopic(source), [String(applied.position)]).catch(() => {})
  return {
    position: () => applied.position,
    stop: async () => {
      stopped = true
      if (asking) clearTimeout(asking)
      await subscription.stop()
      waiting = []
      await working
    },
  }
}
