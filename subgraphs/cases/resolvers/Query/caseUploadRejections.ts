import { readRejections } from '../../../shared/uploads/keep-upload.ts'
import { caseUploadTables } from '../../actions/case-uploads.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { uploadId: string; afterLine: number; first: number }

export const caseUploadRejections = (_: unknown, page: Arguments, context: CasesContext) =>
  readRejections(caseUploadTables, context, page)
