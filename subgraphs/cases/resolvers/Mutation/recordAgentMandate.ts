import { refusal } from '../../../shared/error-catalogue.ts'
import { recordAgentMandate as record } from '../../actions/keep-mandates.ts'
import type { CasesContext } from '../../context.ts'
import type { MandateInput } from '../../domain/agent-mandate.ts'

export async function recordAgentMandate(_: unknown, { input }: { input: MandateInput }, context: CasesContext) {
  const answer = await record(context, input)
  if ('refused' in answer) return { __typename: 'NotPermitted', ...refusal(answer.refused) }
  if ('problems' in answer) {
    return { __typename: 'InvalidInput', ...refusal('INVALID_INPUT'), problems: answer.problems }
  }
  return { __typename: 'RecordAgentMandateSuccess', mandate: answer }
}
