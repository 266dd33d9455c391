import { openCitizenSession as openSession } from '../../actions/open-citizen-session.ts'
import type { CasesContext } from '../../context.ts'
import type { VouchedIdentity } from '../../domain/citizen-identity.ts'

export const openCitizenSession = async (_: unknown, { input }: { input: VouchedIdentity }, context: CasesContext) =>
  JSON.stringify(await openSession(context, input))
