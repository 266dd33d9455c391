import type { Bus } from './bus.ts'

/** The bus of one process. Messages are delivered after the publisher's own turn, as they would be over a network. */
export function createMemoryBus(): Bus {
  const topics = new Map<string, Set<(message: string) => void>>()
  return {
    async publish(topic, messages) {
      const listeners = topics.get(topic)
      if (!listeners) return
      queueMicrotask(() => {
        for (const message of messages) for (const listen of listeners) listen(message)
      })
    },
    async subscribe(topic, listen) {
      const listeners = topics.get(topic) ?? new Set()
      topics.set(topic, listeners.add(listen))
      return {
        stop: async () => {
          listeners.delete(listen)
        },
      }
    },
    async close() {
      topics.clear()
    },
  }
}
