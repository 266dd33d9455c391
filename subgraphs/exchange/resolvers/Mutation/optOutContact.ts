import { optOutContact as optOut } from '../../actions/contact-opt-out.ts'
import type { ExchangeContext } from '../../context.ts'

export const optOutContact = (_: unknown, { caseId }: { caseId: string }, { viewer, messaging }: ExchangeContext) =>
  optOut(caseId, viewer, messaging)
