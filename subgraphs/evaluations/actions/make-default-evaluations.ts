import type { Database } from '../../shared/database.ts'
import type { SilenceRules } from '../domain/silence-limit.ts'
import { beforeAll, makeDueDefaults, planDefault, waitingDefaults } from '../store/default-dues.ts'

const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const

/** Rows of one transaction: long enough to be quick, short enough that nobody else waits for it. */
const CHUNK = 10_000
const WAITING_CHUNK = 500

/**
 * Makes every default rating that is due (默认评价), in chunks until none is left, and answers how many. However late it comes, each has the due
 * date that was counted for it; of several copies at work each row is made by one. A real rating that comes meanwhile stands by its own key.
 */
export async function makeDefaultEvaluations(
  database: Database,
  now: () => Date,
  options: { chunk?: number; isStopped?: () => boolean } = {},
): Promise<number> {
  const { chunk = CHUNK, isStopped = () => false } = options
  let made = 0
  for (let after = beforeAll; !isStopped(); ) {
    const step = await database.inScope(sweepScope, tx => makeDueDefaults(tx, { now: now(), after, limit: chunk }))
    made += step.made
    if (step.last === null) break
    after = step.last
  }
  return made
}

/** Counts the days that could not be counted while a year's arrangement was missing (放假安排补录后); answers how many are known now. */
export async function countWaitingSilence(database: Database, rules: SilenceRules): Promise<number> {
  let counted = 0
  for (let after: string | null = null; ; ) {
    const step: { last: string | null; counted: number } = await database.inScope(sweepScope, async tx => {
      const waiting = await waitingDefaults(tx, after, WAITING_CHUNK)
      let known = 0
      for (const { serviceNumber, serviceCase } of waiting) {
        const due = rules(serviceCase)
        if (due?.limit == null) continue
        await planDefault(tx, { ...serviceCase, serviceNumber }, due)
        known += 1
      }
      return { last: waiting.at(-1)?.serviceCase.caseId ?? null, counted: known }
    })
    counted += step.counted
    if (step.last === null) return counted
    after = step.last
  }
}
