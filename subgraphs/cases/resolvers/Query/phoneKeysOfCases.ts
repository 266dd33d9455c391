import { phoneKeysOfCases as findKeys } from '../../actions/find-caller.ts'
import type { CasesContext } from '../../context.ts'

export const phoneKeysOfCases = async (_: unknown, { caseIds }: { caseIds: string[] }, context: CasesContext) =>
  JSON.stringify(await findKeys(context, caseIds))
