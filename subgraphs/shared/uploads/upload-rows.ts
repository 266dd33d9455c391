import type { CryptoPort } from '../crypto/crypto-port.ts'
import type { Transaction } from '../database.ts'
import type { InputProblem } from '../rows/input-problem.ts'

/** Where a subgraph keeps its bulk uploads (批量上传); both tables have the same columns everywhere. */
export type UploadTables = {
  uploads: 'cases.case_uploads' | 'evaluations.evaluation_uploads'
  rejections: 'cases.case_upload_rejections' | 'evaluations.evaluation_upload_rejections'
}

export type UploadState = 'RUNNING' | 'DONE' | 'FAILED'

/** One bulk upload with its counts so far. */
export type Upload = {
  id: string
  state: UploadState
  readCount: number
  acceptedCount: number
  unchangedCount: number
  rejectedCount: number
  /** Batches taken so far: a batch that comes again after its answer was lost is known by its number. */
  takenBatches: number
  startedAt: Date
  finishedAt: Date | null
}

export type UploadCounts = Pick<Upload, 'readCount' | 'acceptedCount' | 'unchangedCount' | 'rejectedCount'>

/** A row of a file that was not taken, as it stood there. */
export type RejectedRow = { lineNumber: number; raw: string; problems: InputProblem[] }

const columns = `id, state, read_count::int as "readCount", accepted_count::int as "acceptedCount",
  unchanged_count::int as "unchangedCount", rejected_count::int as "rejectedCount", taken_batches as "takenBatches",
  started_at as "startedAt", finished_at as "finishedAt"`

/** The rejected row may hold anyone's data, so it lies sealed. */
const sealedColumn = ({ rejections }: UploadTables) => `${rejections}.row_sealed`

export async function insertUpload(
  { query }: Transaction,
  { uploads }: UploadTables,
  upload: { id: string; uploaderId: string; regionPath: string; format: string; startedAt: Date },
): Promise<void> {
  await query(
    `insert into ${uploads} (id, uploader_id, region_path, format, state, started_at) values ($1, $2, $3, $4, 'RUNNING', $5)`,
    [upload.id, upload.uploaderId, upload.regionPath, upload.format, upload.startedAt],
  )
}

/** The uploader's own upload; locked where rows are about to be counted. */
export async function ownUpload(
  { query }: Transaction,
  { uploads }: UploadTables,
  { id, uploaderId }: { id: string; uploaderId: string },
  lock: '' | 'for update' = '',
): Promise<Upload | undefined> {
  const sql = `select ${columns} from ${uploads} where id = $1 and uploader_id = $2 ${lock}`
  const [row] = await query<Upload>(sql, [id, uploaderId])
  return row
}

/** Counts one more batch. */
export async function countBatch(
  { query }: Transaction,
  { uploads }: UploadTables,
  id: string,
  { readCount, acceptedCount, unchangedCount, rejectedCount }: UploadCounts,
  touchedAt: Date,
): Promise<Upload> {
  const [row] = await query<Upload>(
    `update ${uploads} set read_count = read_count + $2, accepted_count = accepted_count + $3,
       unchanged_count = unchanged_count + $4, rejected_count = rejected_count + $5,
       taken_batches = taken_batches + 1, touched_at = $6 where id = $1 returning ${columns}`,
    [id, readCount, acceptedCount, unchangedCount, rejectedCount, touchedAt],
  )
  return row!
}

export async function finishUpload(
  { query }: Transaction,
  { uploads }: UploadTables,
  id: string,
  { state, fault, finishedAt }: { state: UploadState; fault: string | null; finishedAt: Date },
): Promise<Upload> {
  const sql = `update ${uploads} set state = $2, fault = $3, finished_at = $4 where id = $1 returning ${columns}`
  const [row] = await query<Upload>(sql, [id, state, fault, finishedAt])
  return row!
}

/** Ends uploads of which nothing was heard since an instant; answers how many. */
export async function failSilentUploads(
  { query }: Transaction,
  { uploads }: UploadTables,
  { silentSince, now }: { silentSince: Date; now: Date },
): Promise<number> {
  const ended = await query(
    `update ${uploads} set state = 'FAILED', fault = 'SILENT', finished_at = $2
     where state = 'RUNNING' and coalesce(touched_at, started_at) < $1 returning id`,
    [silentSince, now],
  )
  return ended.length
}

export async function keepRejections(
  { query }: Transaction,
  tables: UploadTables,
  crypto: CryptoPort,
  uploadId: string,
  rows: readonly RejectedRow[],
): Promise<void> {
  if (rows.length === 0) return
  await query(
    `insert into ${tables.rejections} (upload_id, line_number, row_sealed, problems)
     select $1, r.* from unnest($2::bigint[], $3::bytea[], $4::jsonb[]) as r`,
    [
      uploadId,
      rows.map(({ lineNumber }) => lineNumber),
      rows.map(({ raw }) => crypto.seal(sealedColumn(tables), raw)),
      rows.map(({ problems }) => JSON.stringify(problems.map(storable))),
    ],
  )
}

// A problem may quote what stood in the file; jsonb takes neither zero characters nor halves of a character.
function storable({ path, code, message, messageEnglish }: InputProblem): InputProblem {
  const clean = (text: string) => text.replaceAll('\0', '').toWellFormed()
  return { path: clean(path), code: clean(code), message: clean(message), messageEnglish: clean(messageEnglish) }
}

/** Rejected rows behind a line, in the order of the file. */
export async function rejectionsBehind(
  { query }: Transaction,
  tables: UploadTables,
  crypto: CryptoPort,
  { uploadId, afterLine, first }: { uploadId: string; afterLine: number; first: number },
): Promise<RejectedRow[]> {
  const rows = await query<{ lineNumber: number; sealed: Buffer; problems: InputProblem[] }>(
    `select line_number::int as "lineNumber", row_sealed as sealed, problems from ${tables.rejections}
     where upload_id = $1 and line_number > $2 order by line_number limit $3`,
    [uploadId, afterLine, first],
  )
  return rows.map(({ lineNumber, sealed, problems }) => ({
    lineNumber,
    raw: crypto.open(sealedColumn(tables), sealed),
    problems,
  }))
}
