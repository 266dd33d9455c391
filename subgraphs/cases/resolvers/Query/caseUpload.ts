import { readUpload } from '../../../shared/uploads/keep-upload.ts'
import { caseUploadTables } from '../../actions/case-uploads.ts'
import type { CasesContext } from '../../context.ts'

export const caseUpload = (_: unknown, { id }: { id: string }, context: CasesContext) =>
  readUpload(caseUploadTables, context, id)
