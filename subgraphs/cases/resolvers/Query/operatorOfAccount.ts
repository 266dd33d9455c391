import { operatorOfAccount as findOperator } from '../../actions/find-caller.ts'
import type { CasesContext } from '../../context.ts'

export async function operatorOfAccount(_: unknown, { accountId }: { accountId: string }, context: CasesContext) {
  const operator = await findOperator(context, accountId)
  return operator && JSON.stringify(operator)
}
