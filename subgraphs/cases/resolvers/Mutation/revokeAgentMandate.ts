import { refusal } from '../../../shared/error-catalogue.ts'
import { revokeAgentMandate as revoke } from '../../actions/keep-mandates.ts'
import type { CasesContext } from '../../context.ts'

export async function revokeAgentMandate(_: unknown, { input }: { input: { id: string } }, context: CasesContext) {
  const answer = await revoke(context, input.id)
  if (!('refused' in answer)) return { __typename: 'RevokeAgentMandateSuccess', mandate: answer }
  const __typename = answer.refused === 'MANDATE_UNKNOWN' ? 'AgentMandateNotFound' : 'NotPermitted'
  return { __typename, ...refusal(answer.refused) }
}
