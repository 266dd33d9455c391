import type { UploadedRow } from '../../../shared/uploads/take-batch.ts'
import { takeCaseUploadRows as take } from '../../actions/case-uploads.ts'
import type { CasesContext } from '../../context.ts'
import type { CaseReportRow } from '../../domain/case-report.ts'

type Row = Omit<UploadedRow<CaseReportRow>, 'fields'> & { case?: CaseReportRow | null }
type Arguments = { uploadId: string; batch: number; rows: Row[] }

export const takeCaseUploadRows = (_: unknown, { uploadId, batch, rows }: Arguments, context: CasesContext) =>
  take(context, { uploadId, batch, rows: rows.map(row => ({ ...row, fields: row.case })) })
