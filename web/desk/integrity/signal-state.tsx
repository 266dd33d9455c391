import type { IntegrityState } from '../../kit/generated/operations.ts'
import { StateMark } from '../kit/marks.tsx'
import { useWords } from '../speaking.tsx'
import { integrityWording } from './wording.ts'

const tones = { OPEN: 'waiting', CONFIRMED: 'bad', DISMISSED: 'over' } as const

/** Where a signal stands (线索状态). */
export function SignalState({ state }: { state: IntegrityState }) {
  const words = useWords(integrityWording)
  return <StateMark tone={tones[state]}>{words.state[state]}</StateMark>
}
