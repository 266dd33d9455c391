import { eventsAfter, logHead } from '../../../db/outbox.ts'
import { logTopic } from '../../../db/relay.ts'
import type { Bus } from '../bus/bus.ts'
import type { Database } from '../database.ts'
import type { SubgraphName } from '../subgraph.ts'
import type { LogMessage, StampedEvent } from './event.ts'

const tailScope = { reach: 'EVERYTHING', name: 'consumer' } as const

export type LogTail = {
  /** Identity and position of the newest event that listeners have been given. */
  head(): { epoch: string; position: number }
  /** Called for every event of this subgraph's log behind `head()`, once, in order; and with null when only time has passed. */
  listen(listener: (event: StampedEvent | null) => void): { stop(): void }
  stop(): Promise<void>
}

/**
 * Follows a subgraph's own log for its live feeds. Positions have no holes, so whatever the bus lost shows at once and is read
 * from PostgreSQL before anything later is passed on: a live feed cannot skip an event.
 */
export async function followLog(options: {
  source: SubgraphName
  database: Database
  bus: Bus
  log: (line: string) => void
}): Promise<LogTail> {
  const { source, database, bus, log } = options
  const listeners = new Set<(event: StampedEvent | null) => void>()
  let head = await database.inScope(tailScope, tx => logHead(tx, source))
  let work = Promise.resolve()

  const tell = (event: StampedEvent | null) => {
    for (const listener of listeners) listener(event)
  }
  const advance = (event: StampedEvent) => {
    head = { epoch: event.epoch, position: event.position }
    tell(event)
  }

  async function catchUp(epoch: string) {
    if (epoch !== head.epoch) head = { epoch, position: head.position }
    for (;;) {
      const events = await database.inScope(tailScope, tx => eventsAfter(tx, source, head.position, 500))
      if (events.length === 0) return
      for (const event of events) if (event.position > head.position) advance(event)
    }
  }

  async function receive(message: LogMessage) {
    if (message.kind === 'heartbeat') {
      if (message.epoch !== head.epoch || message.position > head.position) await catchUp(message.epoch)
      tell(null)
      return
    }
    const { event } = message
    if (event.epoch === head.epoch && event.position <= head.position) return
    if (event.epoch === head.epoch && event.position === head.position + 1) advance(event)
    else await catchUp(event.epoch)
  }

  const subscription = await bus.subscribe(logTopic(source), text => {
    work = work
      .then(() => receive(JSON.parse(text) as LogMessage))
      .catch(error => log(`log of ${source}: ${(error as Error).message}`))
  })
  // What was committed between reading the head and hearing the bus.
  await catchUp(head.epoch)
  return {
    head: () => head,
    listen(listener) {
      listeners.add(listener)
      return { stop: () => void listeners.delete(listener) }
    },
    async stop() {
      await subscription.stop()
      await work
      listeners.clear()
    },
  }
}
