import type { Database } from '../../shared/database.ts'
import { announceDeadlines } from './announce-deadlines.ts'

/** Longest pause between two sweeps, milliseconds: clocks that started meanwhile in another process are found after it. */
const longestPause = 1_000
/** Shortest pause: a notice that another sweep is announcing right now is still ahead for this one. */
const shortestPause = 20

/** Sweeps until stopped: every second, and sooner where a notice comes sooner. A sweep that fails is logged and made up for by the next. */
export function sweepDeadlines(options: { database: Database; now: () => Date; log: (line: string) => void }) {
  const { database, now, log } = options
  let stopped = false
  let wake = () => {}

  const pause = (milliseconds: number) =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function run() {
    while (!stopped) {
      let next: Date | null = null
      try {
        next = await announceDeadlines(database, now())
      } catch (error) {
        log(`sweep of deadlines: ${(error as Error).message}`)
      }
      const untilNext = next ? next.getTime() - now().getTime() : longestPause
      if (!stopped) await pause(Math.min(longestPause, Math.max(shortestPause, untilNext)))
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
