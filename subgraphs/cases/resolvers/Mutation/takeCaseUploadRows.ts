import { takeCaseUploadRows as take, type UploadedRow } from '../../actions/take-case-upload-rows.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { uploadId: string; rows: UploadedRow[] }

export const takeCaseUploadRows = (_: unknown, { uploadId, rows }: Arguments, context: CasesContext) =>
  take(context, uploadId, rows)
