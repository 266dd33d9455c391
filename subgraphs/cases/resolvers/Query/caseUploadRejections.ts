import { readCaseUploadRejections } from '../../actions/read-case-upload.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { uploadId: string; afterLine: number; first: number }

export const caseUploadRejections = (_: unknown, page: Arguments, context: CasesContext) =>
  readCaseUploadRejections(context, page)
