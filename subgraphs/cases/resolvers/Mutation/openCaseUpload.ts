import { openCaseUpload as open } from '../../actions/case-uploads.ts'
import type { CasesContext } from '../../context.ts'

export const openCaseUpload = (_: unknown, { format }: { format: string }, context: CasesContext) =>
  open(context, format)
