import { graphError } from '../../shared/graph-error.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { mostReportedRows } from '../domain/reporting-right.ts'
import { type CaseUploadRow, ownUpload, type RejectedRow, rejectionsBehind } from '../store/case-uploads.ts'
import type { ReportingParts } from './report-cases.ts'

/** The viewer's own upload; null when it is unknown or someone else's. */
export async function readCaseUpload(
  { database, viewer }: Pick<ReportingParts, 'database' | 'viewer'>,
  id: string,
): Promise<CaseUploadRow | null> {
  if (!isIdentifier(id) || viewer.scope.reach === 'NOTHING') return null
  return (await database.inScope(viewer.scope, tx => ownUpload(tx, id, viewer.id))) ?? null
}

/** Rejected rows of the viewer's own upload behind a line, at most 500. @throws UPLOAD_UNKNOWN, TOO_MANY_ROWS */
export async function readCaseUploadRejections(
  { database, crypto, viewer }: Pick<ReportingParts, 'database' | 'crypto' | 'viewer'>,
  { uploadId, afterLine, first }: { uploadId: string; afterLine: number; first: number },
): Promise<RejectedRow[]> {
  if (first < 1 || first > mostReportedRows)
    throw graphError('TOO_MANY_ROWS', { limit: mostReportedRows, count: first })
  return database.inScope(viewer.scope, async tx => {
    const upload = isIdentifier(uploadId) ? await ownUpload(tx, uploadId, viewer.id) : undefined
    if (!upload) throw graphError('UPLOAD_UNKNOWN', { id: uploadId })
    return rejectionsBehind(tx, crypto, uploadId, afterLine, first)
  })
}
