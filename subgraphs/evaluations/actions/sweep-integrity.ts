import { logHead } from '../../../db/outbox.ts'
import { addDays, endOfShanghaiDay, shanghaiDay, startOfShanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database, Transaction } from '../../shared/database.ts'
import { keepFinding } from '../store/integrity-signals.ts'
import {
  type Progress,
  positionAfter,
  saveProgress,
  type Touched,
  takeProgress,
  touchedByFacts,
  touchedWithin,
} from '../store/integrity-touched.ts'
import { lookBackForIntegrity, type PlacedFinding } from './look-back-for-integrity.ts'
import { noticeIntegritySignals } from './notice-integrity-signals.ts'

const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const

/** A person looks at signals; within a minute is soon enough. */
const PAUSE_MS = 60_000
/** Days of ratings that are looked at again when something new arrives; a device may have been offline for a while. */
const WINDOW_DAYS = 31
/** Facts of one transaction. */
const CHUNK = 5_000

type Options = { database: Database; crypto: Pick<CryptoPort, 'lookupHash'>; now: () => Date }

/**
 * Looks for signals of rigging in what is new since the last time (异常评价线索扫描), and once a day back over week and month. Answers how
 * many findings it kept. While another copy sweeps there is nothing to do: the same ratings make the same signals, whoever finds them.
 */
export async function findIntegritySignals(
  options: Options,
  { chunk = CHUNK, isStopped = () => false }: { chunk?: number; isStopped?: () => boolean } = {},
): Promise<number> {
  let kept = 0
  while (!isStopped()) {
    const step = await options.database.inScope(sweepScope, tx => oneStep(tx, options, chunk))
    kept += step.kept
    if (!step.hasMore) return kept
  }
  return kept
}

async function oneStep(tx: Transaction, { crypto, now }: Options, chunk: number) {
  const progress = await takeProgress(tx)
  if (!progress) return { kept: 0, hasMore: false }
  const at = now()
  const today = shanghaiDay(at)
  let kept = 0
  const keep = async (findings: readonly PlacedFinding[]) => {
    for (const { found, placedBy } of findings) if (await keepFinding(tx, found, at, placedBy)) kept += 1
  }
  const { batches, position, hasMore } = await whatIsNew(tx, progress, today, chunk)
  for (const batch of batches) {
    const found = await noticeIntegritySignals(tx, await batch(), crypto)
    await keep(found.map(each => ({ found: each })))
  }
  if (progress.lookedBackOn !== today) await keep(await lookBackForIntegrity(tx, today))
  await saveProgress(tx, { position, lookedBackOn: today })
  return { kept, hasMore }
}

type News = { batches: (() => Promise<Touched[]>)[]; position: number; hasMore: boolean }

/** The next facts; the first time all days of the window one by one, since a province's month is too much to hold at once. */
async function whatIsNew(tx: Transaction, { position }: Progress, today: string, chunk: number): Promise<News> {
  if (position === null) {
    const head = await logHead(tx, 'evaluations')
    const days = Array.from({ length: WINDOW_DAYS + 1 }, (_, index) => addDays(today, index - WINDOW_DAYS))
    const batches = days.map(day => () => {
      return touchedWithin(tx, { from: startOfShanghaiDay(day), until: endOfShanghaiDay(day) })
    })
    return { batches, position: head.position, hasMore: false }
  }
  const until = await positionAfter(tx, position, chunk)
  if (until === null) return { batches: [], position, hasMore: false }
  const since = startOfShanghaiDay(addDays(today, -WINDOW_DAYS))
  return { batches: [() => touchedByFacts(tx, { after: position, until, since })], position: until, hasMore: true }
}

/** Sweeps every minute until stopped. A sweep that fails is logged and made up for by the next. */
export function sweepIntegrity({ log, ...options }: Options & { log: (line: string) => void }) {
  let isStopped = false
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
      await findIntegritySignals(options, { isStopped: () => isStopped }).catch(error =>
        log(`sweep for integrity signals: ${(error as Error).message}`),
      )
      if (!isStopped) await pause()
    }
  }
  const running = run()
  return {
    async stop() {
      isStopped = true
      wake()
      await running
    },
  }
}
