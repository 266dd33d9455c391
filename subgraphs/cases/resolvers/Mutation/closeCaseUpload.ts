import { closeCaseUpload as close } from '../../actions/close-case-upload.ts'
import type { CasesContext } from '../../context.ts'
import type { UploadState } from '../../store/case-uploads.ts'

type Arguments = { uploadId: string; state: UploadState; fault?: string | null }

export const closeCaseUpload = (_: unknown, { uploadId, state, fault = null }: Arguments, context: CasesContext) =>
  close(context, uploadId, { state, fault })
