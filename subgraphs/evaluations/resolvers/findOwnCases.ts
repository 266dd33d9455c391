import { findOwnCases as find } from '../actions/find-own-cases.ts'
import type { EvaluationsContext } from '../context.ts'
import { refusedAnswer } from './refusedAnswer.ts'

type Input = { token: string; phone: string }

export async function findOwnCases(_: unknown, { input }: { input: Input }, context: EvaluationsContext) {
  const answer = await find(input, context)
  if (!('refusedAs' in answer)) return { __typename: 'FindOwnCasesSuccess', ...answer }
  return refusedAnswer(answer)
}
