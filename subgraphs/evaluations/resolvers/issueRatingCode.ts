import type { CodeOrder } from '../actions/check-code-order.ts'
import { issueRatingCode as issue } from '../actions/issue-rating-code.ts'
import type { EvaluationsContext } from '../context.ts'

export async function issueRatingCode(_: unknown, { input }: { input: CodeOrder }, context: EvaluationsContext) {
  const answer = await issue(input, context)
  if ('refusedAs' in answer) return { __typename: answer.refusedAs, ...answer.refusal }
  return { __typename: 'IssueRatingCodeSuccess', ...answer }
}
