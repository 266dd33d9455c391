import type { StaticCodeState } from '../../kit/generated/operations.ts'
import { StateMark, type StateTone } from '../kit/marks.tsx'
import { useWords } from '../speaking.tsx'
import { codesWording } from './wording.ts'

const tones: Record<StaticCodeState, StateTone> = {
  REQUESTED: 'waiting',
  ACTIVE: 'good',
  REFUSED: 'bad',
  RETIRED: 'over',
}

/** Where a static code stands (静态码状态). */
export function CodeState({ state }: { state: StaticCodeState }) {
  return <StateMark tone={tones[state]}>{useWords(codesWording).codeState[state]}</StateMark>
}
