import { phoneBelongsToCase as isPhoneOfCase } from '../../actions/find-contact.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { phone: string; caseId: string }

export const phoneBelongsToCase = (_: unknown, { phone, caseId }: Arguments, context: CasesContext) =>
  isPhoneOfCase(context, phone, caseId)
