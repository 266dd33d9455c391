import { openCaseUpload as open } from '../../actions/open-case-upload.ts'
import type { CasesContext } from '../../context.ts'

export const openCaseUpload = (_: unknown, { format }: { format: string }, context: CasesContext) =>
  open(context, format)
