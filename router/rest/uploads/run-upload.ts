import type { Log } from '../../../subgraphs/shared/log.ts'
import type { UploadFile } from '../file/upload-file.ts'
import type { UploadRow } from '../file/upload-row.ts'
import { createBatches } from './batches.ts'
import { createHandOver, HandOverFault } from './hand-over.ts'
import { isOutage, patiently } from './patience.ts'
import type { UploadStanding } from './upload-counts.ts'
import type { UploadDoor } from './upload-door.ts'
import { UploadFailure } from './upload-failure.ts'

export type UploadRun = {
  bytes: AsyncIterable<Buffer>
  file: UploadFile
  /** What is written down as the format of the upload. */
  format: string
  fromLine: number
  door: UploadDoor
  /** Under which the door has uploads of this kind, e.g. `/v1/cases`. */
  path: string
  waits: readonly number[]
  /** Ends the patience when the server stops. */
  signal: AbortSignal
  log: Log
}

/**
 * Runs one bulk upload (批量上传): while one batch is with its subgraph the next is read, and no more than that is held. Yields
 * where it stands once it is open and after each batch, at last with `DONE`.
 *
 * @throws a refusal when nothing was begun; an `UploadFailure` once rows may have been taken
 */
export async function* runUpload(run: UploadRun): AsyncGenerator<UploadStanding, void> {
  const { bytes, file, format, fromLine, door, waits, signal } = run
  const batches = createBatches(fromLine)
  let handOver: ReturnType<typeof createHandOver> | null = null
  let taking: Promise<UploadStanding> | null = null

  async function open() {
    return createHandOver({ door, uploadId: await door.open(format), waits, signal })
  }

  async function* handOn(full: readonly UploadRow[][]): AsyncGenerator<UploadStanding, void> {
    for (const batch of full) {
      if (!handOver) {
        handOver = await open()
        yield handOver.standing()
      }
      if (taking) yield await taking
      taking = handOver.take(batch)
      // It is awaited before the next batch; until then its failure is nobody's surprise.
      taking.catch(() => {})
    }
  }

  try {
    for await (const chunk of bytes) yield* handOn(batches.add(file.push(chunk)))
    yield* handOn(batches.add(file.end()))
    const rest = batches.rest()
    if (rest.length > 0) yield* handOn([rest])
    handOver ??= await open()
    if (taking) yield await taking
    yield await close(run, handOver.standing().uploadId, 'DONE', null)
  } catch (error) {
    if (!handOver) throw error
    // A batch that failed says more than what came of it.
    const cause = await Promise.resolve(taking).then(
      () => error,
      fault => fault,
    )
    const failure = new UploadFailure(handOver.standing(), cause, run.path)
    await closeFailed(run, failure)
    throw failure
  }
}

/** Ends an upload, also when the answer to an earlier attempt was lost. */
function close(
  { door, waits, signal }: UploadRun,
  uploadId: string,
  state: 'DONE' | 'FAILED',
  fault: string | null,
): Promise<UploadStanding> {
  const attempt = async (isRepeat: boolean) => {
    const known = isRepeat ? await door.read(uploadId) : null
    return known && known.state !== 'RUNNING' ? known : door.close(uploadId, state, fault)
  }
  return patiently(attempt, { waits, signal })
}

/** Writes the failure down; when the subgraph is what failed, goes on trying behind the answer. */
async function closeFailed(run: UploadRun, { standing, problem, cause }: UploadFailure): Promise<void> {
  const { uploadId } = standing
  const fault = cause instanceof HandOverFault ? `${problem.code}, line ${cause.line}` : String(cause).slice(0, 300)
  const closing = close(run, uploadId, 'FAILED', fault).catch(error =>
    run.log.error({ error, uploadId }, 'a failed upload could not be closed'),
  )
  if (!(cause instanceof HandOverFault && isOutage(cause.cause))) await closing
}
