import { graphError } from '../../shared/graph-error.ts'
import type { InputProblem } from '../../shared/rows/input-problem.ts'
import type { CaseReportRow } from '../domain/case-report.ts'
import { mostReportedRows, ownSourceSystem } from '../domain/reporting-right.ts'
import { type CaseUploadRow, countRows, keepRejections, type RejectedRow } from '../store/case-uploads.ts'
import { sourceSystemOf } from '../store/credential-queries.ts'
import { runningUpload } from './own-upload.ts'
import type { ReportingParts } from './report-cases.ts'
import { takeReports } from './take-reports.ts'

/** A row of an uploaded file; without a case it could not be read, and the problems say why. */
export type UploadedRow = { lineNumber: number; raw: string; case?: CaseReportRow | null; problems: InputProblem[] }

/**
 * Takes the next rows of an upload, at most 500: cases, counts and sealed rejections commit together, so that what the counts say is there.
 *
 * @throws UPLOAD_UNKNOWN, UPLOAD_ENDED, TOO_MANY_ROWS
 */
export async function takeCaseUploadRows(
  { database, crypto, now, viewer }: ReportingParts,
  uploadId: string,
  rows: readonly UploadedRow[],
): Promise<CaseUploadRow> {
  if (rows.length > mostReportedRows) throw graphError('TOO_MANY_ROWS', { limit: mostReportedRows, count: rows.length })
  return database.inScope(viewer.scope, async tx => {
    await runningUpload(tx, viewer, uploadId)
    const readable = rows.flatMap(row => (row.case && row.problems.length === 0 ? [{ ...row, case: row.case }] : []))
    const sourceSystem = (await sourceSystemOf(tx, viewer.id)) ?? ownSourceSystem
    const outcomes = await takeReports(
      tx,
      { crypto, now: now(), sourceSystem, scope: viewer.scope },
      readable.map(row => row.case),
    )
    const refused: RejectedRow[] = readable.flatMap(({ lineNumber, raw }, index) => {
      const { outcome, problems } = outcomes[index]!
      return outcome === 'REJECTED' ? [{ lineNumber, raw, problems }] : []
    })
    const unreadable = rows.filter(row => !row.case || row.problems.length > 0)
    await keepRejections(tx, crypto, uploadId, [...refused, ...unreadable])
    const unchangedCount = outcomes.filter(({ outcome }) => outcome === 'UNCHANGED').length
    return countRows(tx, uploadId, {
      readCount: rows.length,
      acceptedCount: readable.length - refused.length - unchangedCount,
      unchangedCount,
      rejectedCount: refused.length + unreadable.length,
    })
  })
}
