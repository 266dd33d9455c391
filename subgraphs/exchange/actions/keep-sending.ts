import type { Messaging } from '../messages/messaging.ts'
import { MOST_AT_ONCE, sendDueMessages } from './send-due-messages.ts'

/** Longest pause between two looks at the queue, milliseconds: what other processes queued is found after it. */
const PAUSE_MS = 1_000

/** Sends until stopped. While the carrier cannot be reached messages wait without using up their attempts. */
export function keepSending(messaging: Messaging): { wake(): void; stop(): Promise<void> } {
  let stopped = false
  let wake = () => {}
  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, PAUSE_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function run() {
    while (!stopped) {
      let taken = 0
      try {
        if (messaging.port.state() === 'UP') taken = await sendDueMessages(messaging)
      } catch (error) {
        // Not the error itself: a database's may quote a phone or a text.
        const { name, code } = error as { name?: string; code?: string }
        messaging.log.warn(
          { subgraph: 'exchange', error: { name, code } },
          'messages could not be sent; they are tried again',
        )
      }
      if (!stopped && taken < MOST_AT_ONCE) await pause()
    }
  }

  const running = run()
  return {
    wake: () => wake(),
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
