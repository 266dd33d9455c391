import type { Database } from '../../shared/database.ts'
import { type PictureStore, pictureKey } from '../pictures/picture-store.ts'
import { deleteUploads, uploadsBefore } from '../store/uploaded-pictures.ts'

const sweepScope = { reach: 'EVERYTHING', name: 'sweep' } as const

const WAITING_MS = 24 * 3_600_000
const PAUSE_MS = 10 * 60_000
const AT_ONCE = 100

type Options = { database: Database; store: PictureStore; now: () => Date }

/**
 * Removes pictures that waited a day for a rating that never came (清理待提交图片); answers how many. Bytes first: what a crash
 * leaves is a row, which the next sweep finds.
 */
export async function removeForgottenPictures({ database, store, now }: Options): Promise<number> {
  let removed = 0
  for (;;) {
    const before = new Date(now().getTime() - WAITING_MS)
    const ids = await database.inScope(sweepScope, tx => uploadsBefore(tx, before, AT_ONCE))
    if (ids.length === 0) return removed
    for (const id of ids) {
      await store.delete(pictureKey(id, 'FULL'))
      await store.delete(pictureKey(id, 'THUMBNAIL'))
    }
    await database.inScope(sweepScope, tx => deleteUploads(tx, ids))
    removed += ids.length
  }
}

/** Sweeps every ten minutes until stopped. A sweep that fails is logged and made up for by the next. */
export function sweepPictures({ log, ...options }: Options & { log: (line: string) => void }) {
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
      await removeForgottenPictures(options).catch(error => log(`sweep of pictures: ${(error as Error).message}`))
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
