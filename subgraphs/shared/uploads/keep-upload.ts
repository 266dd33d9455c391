import type { CryptoPort } from '../crypto/crypto-port.ts'
import type { Database, Transaction } from '../database.ts'
import { graphError } from '../graph-error.ts'
import { isId, newId } from '../uuid.ts'
import type { Viewer } from '../viewer.ts'
import {
  finishUpload,
  insertUpload,
  ownUpload,
  type RejectedRow,
  rejectionsBehind,
  type Upload,
  type UploadState,
  type UploadTables,
} from './upload-rows.ts'

/** Most rows of one batch, and of one page of rejected rows (decision 11). */
export const mostUploadedRows = 500

export type UploadParts = { database: Database; crypto: CryptoPort; now: () => Date; viewer: Viewer }

/** Opens a bulk upload (批量上传) for whoever has a region and was let in by the caller; answers its id. @throws NOT_PERMITTED */
export async function openUpload(
  tables: UploadTables,
  { database, now, viewer: { id: uploaderId, scope } }: Omit<UploadParts, 'crypto'>,
  format: string,
): Promise<string> {
  if (scope.reach !== 'REGION') throw graphError('NOT_PERMITTED')
  const upload = { id: newId(), uploaderId, regionPath: scope.regionPath, format, startedAt: now() }
  await database.inScope(scope, tx => insertUpload(tx, tables, upload))
  return upload.id
}

/** The viewer's own upload, locked while it still takes rows. @throws UPLOAD_UNKNOWN, UPLOAD_ENDED */
export async function runningUpload(
  tx: Transaction,
  tables: UploadTables,
  viewer: Viewer,
  id: string,
): Promise<Upload> {
  const upload = isId(id) ? await ownUpload(tx, tables, { id, uploaderId: viewer.id }, 'for update') : undefined
  if (!upload) throw graphError('UPLOAD_UNKNOWN', { id })
  if (upload.state !== 'RUNNING') throw graphError('UPLOAD_ENDED')
  return upload
}

/** Ends an upload; its counts and rejected rows stay. @throws UPLOAD_UNKNOWN, UPLOAD_ENDED */
export async function closeUpload(
  tables: UploadTables,
  { database, now, viewer }: Omit<UploadParts, 'crypto'>,
  uploadId: string,
  { state, fault }: { state: UploadState; fault: string | null },
): Promise<Upload> {
  return database.inScope(viewer.scope, async tx => {
    await runningUpload(tx, tables, viewer, uploadId)
    return finishUpload(tx, tables, uploadId, { state, fault, finishedAt: now() })
  })
}

/** The viewer's own upload; null when it is unknown or someone else's. */
export async function readUpload(
  tables: UploadTables,
  { database, viewer }: Pick<UploadParts, 'database' | 'viewer'>,
  id: string,
): Promise<Upload | null> {
  if (!isId(id) || viewer.scope.reach === 'NOTHING') return null
  return (await database.inScope(viewer.scope, tx => ownUpload(tx, tables, { id, uploaderId: viewer.id }))) ?? null
}

/** Rejected rows of the viewer's own upload behind a line, at most 500. @throws UPLOAD_UNKNOWN, TOO_MANY_ROWS */
export async function readRejections(
  tables: UploadTables,
  { database, crypto, viewer }: Omit<UploadParts, 'now'>,
  page: { uploadId: string; afterLine: number; first: number },
): Promise<RejectedRow[]> {
  const { uploadId, first } = page
  if (first < 1 || first > mostUploadedRows) {
    throw graphError('TOO_MANY_ROWS', { limit: mostUploadedRows, count: first })
  }
  return database.inScope(viewer.scope, async tx => {
    const isOwn = isId(uploadId) && (await ownUpload(tx, tables, { id: uploadId, uploaderId: viewer.id }))
    if (!isOwn) throw graphError('UPLOAD_UNKNOWN', { id: uploadId })
    return rejectionsBehind(tx, tables, crypto, page)
  })
}
