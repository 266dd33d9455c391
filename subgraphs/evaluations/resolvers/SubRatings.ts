import type { GoodOrPoor } from '../domain/sub-ratings.ts'
import { type Looker, visibleWords, type Written } from '../domain/visibility.ts'
import type { KeptAnswers } from '../store/evaluation-queries.ts'

const words = { 1: 'GOOD', 2: 'POOR' } as const satisfies Record<1 | 2, GoodOrPoor>
const worded = (answer: 1 | 2 | null) => answer && words[answer]

/** Answers to the questions apart (分项评价) as this looker may see them; null when none was given. */
export function answersShown(said: KeptAnswers & Written, rated: { isAnonymous: boolean }, looker: Looker) {
  const { environment, attitude, isOvercharged, isIntermediaryForced } = said
  if ([environment, attitude, isOvercharged, isIntermediaryForced].every(answer => answer === null)) return null
  const { environmentReason, attitudeReason } = visibleWords(said, rated, looker)
  return {
    environment: worded(environment),
    environmentReason,
    attitude: worded(attitude),
    attitudeReason,
    isOvercharged,
    isIntermediaryForced,
  }
}
