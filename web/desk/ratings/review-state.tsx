import type { NegativeReviewState } from '../../kit/generated/operations.ts'
import { StateMark, type StateTone } from '../kit/marks.tsx'
import { useWords } from '../speaking.tsx'
import { ratingsWording } from './wording.ts'

const tones: Record<NegativeReviewState, StateTone> = {
  DISPATCHED: 'bad',
  RECTIFYING: 'waiting',
  CHECKING: 'waiting',
  EVALUATOR_TOLD: 'good',
  CLOSED: 'good',
  INVALID: 'over',
}

/** Where the handling of a bad rating stands (处理状态). */
export function ReviewState({ state }: { state: NegativeReviewState }) {
  const words = useWords(ratingsWording)
  return <StateMark tone={tones[state]}>{words.reviewState[state]}</StateMark>
}
