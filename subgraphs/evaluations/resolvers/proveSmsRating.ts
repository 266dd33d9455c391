import { proveSmsRating as prove } from '../actions/prove-sms-rating.ts'
import type { EvaluationsContext } from '../context.ts'
import { refusedAnswer } from './refusedAnswer.ts'

type Input = { token: string; phoneLastFour: string }

export async function proveSmsRating(_: unknown, { input }: { input: Input }, context: EvaluationsContext) {
  const answer = await prove(input, context)
  return 'refusedAs' in answer ? refusedAnswer(answer) : { __typename: 'ProveSmsRatingSuccess', ...answer }
}
