import { findItem } from '../domain/item-editions.ts'
import { visibleTime, visibleWords } from '../domain/visibility.ts'
import type { Supplement } from '../store/rating-parts.ts'
import type { LookedAt } from './Evaluation.ts'
import { answersShown } from './SubRatings.ts'

type Parent = LookedAt & { supplement: Supplement }

export const EvaluationSupplement = {
  items: ({ supplement }: Parent) => supplement.items.map(code => findItem(code)).filter(item => item !== undefined),
  text: ({ supplement, evaluation, looker }: Parent) => visibleWords(supplement, evaluation, looker).text,
  subRatings: ({ supplement, evaluation, looker }: Parent) => answersShown(supplement, evaluation, looker),
  supplementedAt: ({ supplement, evaluation, looker }: Parent) =>
    visibleTime(supplement.supplementedAt, evaluation, looker),
}
