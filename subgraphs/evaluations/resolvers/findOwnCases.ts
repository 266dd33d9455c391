import { findOwnCases as find } from '../actions/find-own-cases.ts'
import type { EvaluationsContext } from '../context.ts'

type Input = { token: string; phone: string }

export async function findOwnCases(_: unknown, { input }: { input: Input }, context: EvaluationsContext) {
  const answer = await find(input, context)
  if (!('refusedAs' in answer)) return { __typename: 'FindOwnCasesSuccess', ...answer }
  const problems =
    'problems' in answer &&
    answer.problems.map(({ path, code, message }) => ({ path, code, message: message.zh, messageEnglish: message.en }))
  return { __typename: answer.refusedAs, ...answer.refusal, ...(problems && { problems }) }
}
