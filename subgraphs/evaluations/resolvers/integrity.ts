import { decideIntegritySignal, type IntegrityDecision } from '../actions/decide-integrity-signal.ts'
import {
  type IntegritySignalFilter,
  listIntegritySignals,
  readIntegritySignal,
} from '../actions/list-integrity-signals.ts'
import { type RatingFiguresFilter, readRatingFigures } from '../actions/read-rating-figures.ts'
import { revalidateEvaluation } from '../actions/revalidate-evaluation.ts'
import type { EvaluationsContext } from '../context.ts'
import { ratingOf } from '../domain/rating.ts'
import { type FigureSet, ratingFigureRules } from '../domain/rating-figures.ts'
import { lookedAt } from './Evaluation.ts'
import { refusedAnswer } from './refusedAnswer.ts'

type Input<Fields> = { input: Fields }
type PageArguments = { filter?: IntegritySignalFilter | null; first?: number | null; after?: string | null }

const inWords = (figures: FigureSet) => ({
  ...figures,
  levels: figures.levels.map(({ level, count, percent }) => {
    return { level: ratingOf(level).name, score: level, count, percent }
  }),
})

/** Fields of `Query` about signals of rigging and the figures with and without them. */
export const integrityQueries = {
  integritySignals: (_: unknown, { filter, first, after }: PageArguments, context: EvaluationsContext) =>
    listIntegritySignals(filter ?? {}, { first, after }, context),

  integritySignal: (_: unknown, { id }: { id: string }, context: EvaluationsContext) =>
    readIntegritySignal(id, context),

  async ratingFigures(_: unknown, { filter }: { filter: RatingFiguresFilter }, context: EvaluationsContext) {
    const { raw, cleaned, ...counts } = await readRatingFigures(filter, context)
    const rules = ratingFigureRules.map(({ zh, en }) => ({ text: zh, textEnglish: en }))
    return { raw: inWords(raw), cleaned: inWords(cleaned), ...counts, rules }
  },
}

/** Fields of `Mutation` by which a person decides about them. */
export const integrityMutations = {
  async decideIntegritySignal(
    _: unknown,
    { input }: Input<Omit<IntegrityDecision, 'evaluationIds'> & { evaluationIds?: string[] | null }>,
    context: EvaluationsContext,
  ) {
    const answer = await decideIntegritySignal({ ...input, evaluationIds: input.evaluationIds ?? null }, context)
    if ('refusedAs' in answer) return refusedAnswer(answer)
    return { __typename: 'DecideIntegritySignalSuccess', signal: answer }
  },

  async revalidateEvaluation(
    _: unknown,
    { input }: Input<{ evaluationId: string; reason: string }>,
    context: EvaluationsContext,
  ) {
    const answer = await revalidateEvaluation(input, context)
    if ('refusedAs' in answer) return refusedAnswer(answer)
    const evaluation = lookedAt(answer, { viewer: context.viewer, hasReceipt: false })
    return { __typename: 'RevalidateEvaluationSuccess', evaluation }
  },
}
