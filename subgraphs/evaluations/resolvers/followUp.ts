import { appendEvaluation as append, type SecondRating } from '../actions/append-evaluation.ts'
import type { NamedRating } from '../actions/find-followed-rating.ts'
import { openFollowUpForm } from '../actions/open-follow-up-form.ts'
import { ratedPlacement as placementOf } from '../actions/rated-placement.ts'
import { type HandedInSupplement, supplementEvaluation as supplement } from '../actions/supplement-evaluation.ts'
import type { EvaluationsContext } from '../context.ts'
import { levelNamed } from '../domain/rating.ts'
import { lookedAt } from './Evaluation.ts'
import { refusedAnswer } from './refusedAnswer.ts'

type AppendInput = Omit<SecondRating, 'level' | 'text'> & { level: string; text?: string | null }
type SupplementInput = Omit<HandedInSupplement, 'text'> & { text?: string | null }

/** What follows a rating: a second one, and what is added to it (追评、补充评价). */
export const followUpMutations = {
  async appendEvaluation(_: unknown, { input }: { input: AppendInput }, context: EvaluationsContext) {
    const handedIn = { ...input, level: levelNamed(input.level)!, text: input.text ?? null }
    const answer = await append(handedIn, context)
    if ('refusedAs' in answer) return refusedAnswer(answer)
    const evaluation = lookedAt(answer.evaluation, { viewer: context.viewer, hasReceipt: true })
    return { __typename: 'SubmitEvaluationSuccess', ...answer, evaluation }
  },

  async supplementEvaluation(_: unknown, { input }: { input: SupplementInput }, context: EvaluationsContext) {
    const answer = await supplement({ ...input, text: input.text ?? null }, context)
    if ('refusedAs' in answer) return refusedAnswer(answer)
    const evaluation = lookedAt(answer.evaluation, { viewer: context.viewer, hasReceipt: true })
    return { __typename: 'SupplementEvaluationSuccess', evaluation }
  },
}

export const followUpQueries = {
  followUpForm: (_: unknown, named: NamedRating, context: EvaluationsContext) => openFollowUpForm(named, context),

  async ratedPlacement(_: unknown, { receiptNumber }: { receiptNumber: string }, context: EvaluationsContext) {
    const placement = await placementOf(receiptNumber, context)
    return placement && JSON.stringify(placement)
  },
}
