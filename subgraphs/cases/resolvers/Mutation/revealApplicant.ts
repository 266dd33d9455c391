import { refusal } from '../../../shared/error-catalogue.ts'
import { revealApplicant as reveal } from '../../actions/reveal-applicant.ts'
import type { CasesContext } from '../../context.ts'
import type { RevealPurpose } from '../../domain/revealing-right.ts'

type Arguments = { input: { caseId: string; purpose: RevealPurpose } }

export async function revealApplicant(_: unknown, { input }: Arguments, context: CasesContext) {
  const answer = await reveal(context, input)
  if (!('refused' in answer)) return { __typename: 'RevealApplicantSuccess', ...answer }
  const __typename = answer.refused === 'CASE_UNKNOWN' ? 'ServiceCaseNotFound' : 'NotPermitted'
  return { __typename, ...refusal(answer.refused, { caseNumber: input.caseId }) }
}
