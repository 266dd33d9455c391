import type { Database } from '../database.ts'
import { failSilentUploads, type UploadTables } from './upload-rows.ts'

type Options = { database: Database; now: () => Date; tables: UploadTables }

/** A router that was killed closes nothing. Its rows come in without a pause of this length, milliseconds: senders are cut off after two minutes, batches tried again for one. */
const silenceMs = 3_600_000
const pauseMs = 10 * 60_000

const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const

/** Ends uploads that nobody carries on (中断的上传), so that none runs for ever; answers how many. */
export function endSilentUploads({ database, now, tables }: Options): Promise<number> {
  const at = now()
  const silent = { silentSince: new Date(at.getTime() - silenceMs), now: at }
  return database.inScope(sweepScope, tx => failSilentUploads(tx, tables, silent))
}

/** Sweeps every ten minutes until stopped. A sweep that fails is logged and made up for by the next. */
export function sweepSilentUploads({ log, ...options }: Options & { log: (line: string) => void }) {
  const sweep = () =>
    endSilentUploads(options).then(
      () => {},
      error => log(`sweep of uploads: ${(error as Error).message}`),
    )
  let sweeping = sweep()
  const timer = setInterval(() => {
    sweeping = sweeping.then(sweep)
  }, pauseMs)
  return {
    async stop() {
      clearInterval(timer)
      await sweeping
    },
  }
}
