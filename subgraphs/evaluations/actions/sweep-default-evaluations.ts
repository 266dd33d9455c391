import type { Database } from '../../shared/database.ts'
import type { SilenceRules } from '../domain/silence-limit.ts'
import { countWaitingSilence, makeDefaultEvaluations } from './make-default-evaluations.ts'

/** Pause between two sweeps, milliseconds; a sweep that finds nothing costs one look into an index. */
const PAUSE_MS = 1_000

/**
 * Sweeps until stopped (默认评价定时生成). A sweep that fails is logged and made up for by the next; copies of this subgraph take different rows.
 */
export function sweepDefaultEvaluations(options: {
  database: Database
  rules: SilenceRules
  now: () => Date
  log: (line: string) => void
}) {
  const { database, rules, now, log } = options
  let isStopped = false
  let isCalendarNew = true
  let wake = () => {}
  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, PAUSE_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const run = async () => {
    while (!isStopped) {
      try {
        if (isCalendarNew) {
          isCalendarNew = false
          await countWaitingSilence(database, rules)
        }
        await makeDefaultEvaluations(database, now, { isStopped: () => isStopped })
      } catch (error) {
        isCalendarNew = true
        log(`sweep of default ratings: ${(error as Error).message}`)
      }
      if (!isStopped) await pause()
    }
  }
  const running = run()
  return {
    /** The calendar changed: days that could not be counted may be known now. */
    recount() {
      isCalendarNew = true
      wake()
    },
    async stop() {
      isStopped = true
      wake()
      await running
    },
  }
}
