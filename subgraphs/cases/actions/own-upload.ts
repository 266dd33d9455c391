import type { Transaction } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { type CaseUploadRow, ownUpload } from '../store/case-uploads.ts'

/** The viewer's own upload, locked while it still takes rows. @throws UPLOAD_UNKNOWN, UPLOAD_ENDED */
export async function runningUpload(tx: Transaction, viewer: Viewer, id: string): Promise<CaseUploadRow> {
  const upload = isIdentifier(id) ? await ownUpload(tx, id, viewer.id, 'for update') : undefined
  if (!upload) throw graphError('UPLOAD_UNKNOWN', { id })
  if (upload.state !== 'RUNNING') throw graphError('UPLOAD_ENDED')
  return upload
}
