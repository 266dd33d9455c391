import { type HandedIn, submitEvaluation as submit } from '../actions/submit-evaluation.ts'
import type { EvaluationsContext } from '../context.ts'
import { levelNamed } from '../domain/rating.ts'
import { lookedAt } from './Evaluation.ts'
import { refusedAnswer } from './refusedAnswer.ts'

type Input = Omit<HandedIn, 'level' | 'formTicket' | 'text' | 'phoneLastFour' | 'givenAt'> & {
  level: string
  formTicket?: string | null
  text?: string | null
  phoneLastFour?: string | null
}

export async function submitEvaluation(_: unknown, { input }: { input: Input }, context: EvaluationsContext) {
  const { formTicket = null, text = null, phoneLastFour = null } = input
  const handedIn = { ...input, level: levelNamed(input.level)!, formTicket, text, phoneLastFour }
  const answer = await submit(handedIn, context)
  if (!('refusedAs' in answer)) {
    const evaluation = lookedAt(answer.evaluation, { viewer: context.viewer, hasReceipt: true })
    return { __typename: 'SubmitEvaluationSuccess', ...answer, evaluation }
  }
  return refusedAnswer(answer)
}
