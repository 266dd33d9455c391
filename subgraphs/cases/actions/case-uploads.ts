import { graphError } from '../../shared/graph-error.ts'
import { openUpload, type UploadParts } from '../../shared/uploads/keep-upload.ts'
import { takeBatch, type UploadedRow } from '../../shared/uploads/take-batch.ts'
import type { Upload, UploadTables } from '../../shared/uploads/upload-rows.ts'
import type { CaseReportRow } from '../domain/case-report.ts'
import { mayReportCases, ownSourceSystem } from '../domain/reporting-right.ts'
import { sourceSystemOf } from '../store/credential-queries.ts'
import { takeReports } from './take-reports.ts'

/** Where uploads of cases (办件批量上传) are kept. */
export const caseUploadTables: UploadTables = {
  uploads: 'cases.case_uploads',
  rejections: 'cases.case_upload_rejections',
}

/** Opens a bulk upload of cases and answers its id. @throws NOT_PERMITTED to whoever may not report cases */
export async function openCaseUpload(parts: UploadParts, format: string): Promise<string> {
  if (!mayReportCases(parts.viewer)) throw graphError('NOT_PERMITTED')
  return openUpload(caseUploadTables, parts, format)
}

/** Takes the next batch of an upload: cases, counts and rejections commit together. @throws as `takeBatch` */
export function takeCaseUploadRows(
  parts: UploadParts,
  batch: { uploadId: string; batch: number; rows: readonly UploadedRow<CaseReportRow>[] },
): Promise<Upload> {
  const { crypto, now, viewer } = parts
  return takeBatch(caseUploadTables, parts, batch, async (tx, rows) => {
    const sourceSystem = (await sourceSystemOf(tx, viewer.id)) ?? ownSourceSystem
    return takeReports(tx, { crypto, now: now(), sourceSystem, scope: viewer.scope }, rows)
  })
}
