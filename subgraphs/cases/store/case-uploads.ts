import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'
import type { InputProblem } from '../../shared/rows/input-problem.ts'
import { rowArrays } from './row-arrays.ts'

export type UploadState = 'RUNNING' | 'DONE' | 'FAILED'

/** One bulk upload (批量上传) with its counts so far. */
export type CaseUploadRow = {
  id: string
  state: UploadState
  readCount: number
  acceptedCount: number
  unchangedCount: number
  rejectedCount: number
  startedAt: Date
  finishedAt: Date | null
}

export type UploadCounts = Pick<CaseUploadRow, 'readCount' | 'acceptedCount' | 'unchangedCount' | 'rejectedCount'>

/** A row of a file that was not taken, as it stood there. */
export type RejectedRow = { lineNumber: number; raw: string; problems: InputProblem[] }

const columns = `id, state, read_count::int as "readCount", accepted_count::int as "acceptedCount",
  unchanged_count::int as "unchangedCount", rejected_count::int as "rejectedCount", started_at as "startedAt",
  finished_at as "finishedAt"`

/** The rejected row may hold anyone's data, so it lies sealed. */
const sealedColumn = 'cases.case_upload_rejections.row_sealed'

export async function insertUpload(
  tx: Transaction,
  upload: { id: string; uploaderId: string; regionPath: string; format: string; startedAt: Date },
): Promise<void> {
  await tx.query(
    `insert into cases.case_uploads (id, uploader_id, region_path, format, state, started_at) values ($1, $2, $3, $4, 'RUNNING', $5)`,
    [upload.id, upload.uploaderId, upload.regionPath, upload.format, upload.startedAt],
  )
}

/** The uploader's own upload; locked where rows are about to be counted. */
export async function ownUpload(
  tx: Transaction,
  id: string,
  uploaderId: string,
  lock: '' | 'for update' = '',
): Promise<CaseUploadRow | undefined> {
  const [row] = await tx.query<CaseUploadRow>(
    `select ${columns} from cases.case_uploads where id = $1 and uploader_id = $2 ${lock}`,
    [id, uploaderId],
  )
  return row
}

export async function countRows(tx: Transaction, id: string, counts: UploadCounts): Promise<CaseUploadRow> {
  const [row] = await tx.query<CaseUploadRow>(
    `update cases.case_uploads set read_count = read_count + $2, accepted_count = accepted_count + $3,
       unchanged_count = unchanged_count + $4, rejected_count = rejected_count + $5 where id = $1 returning ${columns}`,
    [id, counts.readCount, counts.acceptedCount, counts.unchangedCount, counts.rejectedCount],
  )
  return row!
}

export async function finishUpload(
  tx: Transaction,
  id: string,
  { state, fault, finishedAt }: { state: UploadState; fault: string | null; finishedAt: Date },
): Promise<CaseUploadRow> {
  const [row] = await tx.query<CaseUploadRow>(
    `update cases.case_uploads set state = $2, fault = $3, finished_at = $4 where id = $1 returning ${columns}`,
    [id, state, fault, finishedAt],
  )
  return row!
}

export async function keepRejections(
  tx: Transaction,
  crypto: CryptoPort,
  uploadId: string,
  rows: readonly RejectedRow[],
): Promise<void> {
  if (rows.length === 0) return
  const arrays = rowArrays(rows, [
    ['upload_id', 'uuid', () => uploadId],
    ['line_number', 'bigint', row => row.lineNumber],
    ['row_sealed', 'bytea', row => crypto.seal(sealedColumn, row.raw)],
    ['problems', 'jsonb', row => JSON.stringify(row.problems.map(storable))],
  ])
  await tx.query(
    `insert into cases.case_upload_rejections (${arrays.names}) select ${arrays.names} from ${arrays.source}`,
    arrays.values,
  )
}

// A problem may quote what stood in the file; jsonb takes neither zero characters nor halves of a character.
function storable({ path, code, message, messageEnglish }: InputProblem): InputProblem {
  const clean = (text: string) => text.replaceAll('\0', '').toWellFormed()
  return { path: clean(path), code: clean(code), message: clean(message), messageEnglish: clean(messageEnglish) }
}

/** Rejected rows behind a line, in the order of the file. */
export async function rejectionsBehind(
  tx: Transaction,
  crypto: CryptoPort,
  uploadId: string,
  afterLine: number,
  first: number,
): Promise<RejectedRow[]> {
  const rows = await tx.query<{ lineNumber: number; sealed: Buffer; problems: InputProblem[] }>(
    `select line_number::int as "lineNumber", row_sealed as sealed, problems from cases.case_upload_rejections
     where upload_id = $1 and line_number > $2 order by line_number limit $3`,
    [uploadId, afterLine, first],
  )
  return rows.map(({ lineNumber, sealed, problems }) => ({
    lineNumber,
    raw: crypto.open(sealedColumn, sealed),
    problems,
  }))
}
