import { type CaseUploadRow, finishUpload, type UploadState } from '../store/case-uploads.ts'
import { runningUpload } from './own-upload.ts'
import type { ReportingParts } from './report-cases.ts'

/** Ends an upload; its counts and rejected rows stay. @throws UPLOAD_UNKNOWN, UPLOAD_ENDED */
export async function closeCaseUpload(
  { database, now, viewer }: Pick<ReportingParts, 'database' | 'now' | 'viewer'>,
  uploadId: string,
  { state, fault }: { state: UploadState; fault: string | null },
): Promise<CaseUploadRow> {
  return database.inScope(viewer.scope, async tx => {
    await runningUpload(tx, viewer, uploadId)
    return finishUpload(tx, uploadId, { state, fault, finishedAt: now() })
  })
}
