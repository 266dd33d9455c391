import { closeUpload } from '../../../shared/uploads/keep-upload.ts'
import type { UploadState } from '../../../shared/uploads/upload-rows.ts'
import { caseUploadTables } from '../../actions/case-uploads.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { uploadId: string; state: UploadState; fault?: string | null }

export const closeCaseUpload = (_: unknown, { uploadId, state, fault = null }: Arguments, context: CasesContext) =>
  closeUpload(caseUploadTables, context, uploadId, { state, fault })
