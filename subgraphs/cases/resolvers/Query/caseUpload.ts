import { readCaseUpload } from '../../actions/read-case-upload.ts'
import type { CasesContext } from '../../context.ts'

export const caseUpload = (_: unknown, { id }: { id: string }, context: CasesContext) => readCaseUpload(context, id)
