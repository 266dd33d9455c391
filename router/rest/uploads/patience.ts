import { setTimeout as pause } from 'node:timers/promises'
import { RestRefusal } from '../problem.ts'

/** Waits between attempts while a subgraph cannot be reached, milliseconds: about a minute in all. */
export const defaultWaits = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const

/** Whether trying again may help: the subgraph did not answer, or something in it failed; a refusal in words stays one. */
export function isOutage(error: unknown): boolean {
  return !(error instanceof RestRefusal) || error.problem.status >= 500
}

/** Does something again, with growing waits, until it works, is refused in words, or the waits are used up. */
export async function patiently<Result>(
  attempt: (isRepeat: boolean) => Promise<Result>,
  { waits, signal }: { waits: readonly number[]; signal: AbortSignal },
): Promise<Result> {
  for (let done = 0; ; done += 1) {
    try {
      return await attempt(done > 0)
    } catch (error) {
      const wait = waits[done]
      if (wait === undefined || !isOutage(error) || signal.aborted) throw error
      await pause(wait, undefined, { signal })
    }
  }
}
