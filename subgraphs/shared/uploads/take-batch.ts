import type { Transaction } from '../database.ts'
import { graphError } from '../graph-error.ts'
import type { InputProblem } from '../rows/input-problem.ts'
import { mostUploadedRows, runningUpload, type UploadParts } from './keep-upload.ts'
import { countBatch, keepRejections, type RejectedRow, type Upload, type UploadTables } from './upload-rows.ts'

/** A row of an uploaded file; without its fields it could not be read, and the problems say why. */
export type UploadedRow<Fields> = {
  lineNumber: number
  raw: string
  fields: Fields | null | undefined
  problems: InputProblem[]
}

/** What the taking of a readable row has to say. */
export type TakenRow = { outcome: string; problems: InputProblem[] }

/**
 * Takes the next batch of an upload, at most 500 rows, in a transaction that holds the upload: counts and sealed rejections commit together.
 * A batch that was taken before is answered as it was, so that a lost answer does no harm.
 *
 * @param take answers a row each; what it writes in another transaction must be answered as unchanged when it comes again
 * @throws UPLOAD_UNKNOWN, UPLOAD_ENDED, TOO_MANY_ROWS, BAD_USER_INPUT when a batch before it is missing
 */
export async function takeBatch<Fields>(
  tables: UploadTables,
  { database, crypto, now, viewer }: UploadParts,
  { uploadId, batch, rows }: { uploadId: string; batch: number; rows: readonly UploadedRow<Fields>[] },
  take: (tx: Transaction, rows: Fields[]) => Promise<TakenRow[]>,
): Promise<Upload> {
  if (rows.length > mostUploadedRows) throw graphError('TOO_MANY_ROWS', { limit: mostUploadedRows, count: rows.length })
  return database.inScope(viewer.scope, async tx => {
    const upload = await runningUpload(tx, tables, viewer, uploadId)
    const { takenBatches } = upload
    if (batch >= 1 && batch <= takenBatches) return upload
    if (batch !== takenBatches + 1) throw graphError('BAD_USER_INPUT', { fact: `batch ${takenBatches + 1}: ${batch}` })
    const readable = rows.flatMap(row => {
      const { fields } = row
      return fields != null && row.problems.length === 0 ? [{ ...row, fields }] : []
    })
    const outcomes = await take(
      tx,
      readable.map(({ fields }) => fields),
    )
    const refused: RejectedRow[] = readable.flatMap(({ lineNumber, raw }, index) => {
      const { outcome, problems } = outcomes[index]!
      return outcome === 'REJECTED' ? [{ lineNumber, raw, problems }] : []
    })
    const unreadable = rows.filter(({ fields, problems }) => fields == null || problems.length > 0)
    await keepRejections(tx, tables, crypto, uploadId, [...refused, ...unreadable])
    const unchangedCount = outcomes.filter(({ outcome }) => outcome === 'UNCHANGED').length
    const counts = {
      readCount: rows.length,
      acceptedCount: readable.length - refused.length - unchangedCount,
      unchangedCount,
      rejectedCount: refused.length + unreadable.length,
    }
    return countBatch(tx, tables, uploadId, counts, now())
  })
}
