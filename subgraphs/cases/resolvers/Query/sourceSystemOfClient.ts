import { findSourceSystem } from '../../actions/find-source-system.ts'
import type { CasesContext } from '../../context.ts'

export const sourceSystemOfClient = (_: unknown, { clientId }: { clientId: string }, context: CasesContext) =>
  findSourceSystem(clientId, context)
