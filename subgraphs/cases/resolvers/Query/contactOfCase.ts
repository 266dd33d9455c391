import { contactOfCase as findContact } from '../../actions/find-contact.ts'
import type { CasesContext } from '../../context.ts'

export async function contactOfCase(_: unknown, { caseId }: { caseId: string }, context: CasesContext) {
  const contact = await findContact(context, caseId)
  return contact && JSON.stringify(contact)
}
