import { casesOfContact as findCases } from '../../actions/find-contact.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = {
  phone: string
  since: Date
  regionPath: string
  hallId?: string | null
  staffMemberId?: string | null
}

export const casesOfContact = (
  _: unknown,
  { phone, since, regionPath, hallId = null, staffMemberId = null }: Arguments,
  context: CasesContext,
) => findCases(context, phone, { since, regionPath, hallId, staffMemberId })
