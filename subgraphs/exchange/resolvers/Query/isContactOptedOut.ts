import { isContactOptedOut as isOptedOut } from '../../actions/contact-opt-out.ts'
import type { ExchangeContext } from '../../context.ts'

export const isContactOptedOut = (_: unknown, { caseId }: { caseId: string }, { viewer, messaging }: ExchangeContext) =>
  isOptedOut(caseId, viewer, messaging)
