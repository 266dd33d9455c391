import { refusal } from '../../../shared/error-catalogue.ts'
import { actFor as act } from '../../actions/act-for.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { input: { mandateId?: string | null } }

export async function actFor(_: unknown, { input }: Arguments, context: CasesContext) {
  const viewer = await act(context, input.mandateId ?? null)
  if (viewer === 'MANDATE_UNKNOWN') return { __typename: 'AgentMandateNotFound', ...refusal(viewer) }
  if (viewer === 'NOT_PERMITTED') return { __typename: 'NotPermitted', ...refusal(viewer) }
  context.actAs(viewer)
  return { __typename: 'ActForSuccess', viewer }
}
