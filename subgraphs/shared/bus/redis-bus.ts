import { Redis } from 'ioredis'
import type { Bus } from './bus.ts'

/** Entries kept per stream: enough for a reader to be away for a minute of full load; older ones come from PostgreSQL. */
const keptEntries = 20_000

/**
 * The bus between processes, on Redis Streams. `prefix` has no default on purpose: two hubs must not share streams by accident.
 * A reader goes on from the last entry it saw after every reconnect; an emptied Redis shows as a gap in positions and is repaired there.
 */
export function createRedisBus(options: { url: string; prefix: string; log: (line: string) => void }): Bus {
  const writer = connect(options)
  const readers = new Set<Redis>()
  const key = (topic: string) => `${options.prefix}:${topic}`
  return {
    async publish(topic, messages) {
      const pipeline = writer.pipeline()
      for (const message of messages) pipeline.xadd(key(topic), 'MAXLEN', '~', keptEntries, '*', 'm', message)
      const failed = (await pipeline.exec())?.find(([error]) => error)
      if (failed?.[0]) throw failed[0]
    },
    async subscribe(topic, listen) {
      // A reader blocks its connection, so each has its own.
      const reader = connect(options)
      readers.add(reader)
      let last = await newestEntry(reader, key(topic))
      let stopped = false
      const read = async () => {
        while (!stopped) {
          try {
            const answer = await reader.xread('COUNT', 500, 'BLOCK', 5_000, 'STREAMS', key(topic), last)
            for (const [id, fields] of answer?.[0]?.[1] ?? []) {
              last = id
              listen(fields[1] ?? '')
            }
          } catch {
            if (!stopped) await new Promise(resolve => setTimeout(resolve, 200))
          }
        }
      }
      const reading = read()
      return {
        stop: async () => {
          stopped = true
          readers.delete(reader)
          reader.disconnect()
          await reading
        },
      }
    },
    async close() {
      for (const reader of readers) reader.disconnect()
      writer.disconnect()
    },
  }
}

function connect({ url, log }: { url: string; log: (line: string) => void }): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    enableOfflineQueue: true,
    retryStrategy: attempt => Math.min(2_000, 100 * attempt),
    // A publisher must hear of an outage and try again with fresh positions, not wait in a queue for ever.
    commandTimeout: 8_000,
  })
  let isDown = false
  redis.on('error', error => {
    if (!isDown) log(`redis: ${error.message}`)
    isDown = true
  })
  redis.on('ready', () => {
    if (isDown) log('redis: back')
    isDown = false
  })
  return redis
}

async function newestEntry(reader: Redis, stream: string): Promise<string> {
  const newest = await reader.xrevrange(stream, '+', '-', 'COUNT', 1)
  return newest[0]?.[0] ?? '0-0'
}
