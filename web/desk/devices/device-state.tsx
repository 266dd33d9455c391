import type { DeviceState as State } from '../../kit/generated/operations.ts'
import { StateMark, type StateTone } from '../kit/marks.tsx'
import { useWords } from '../speaking.tsx'
import { devicesWording } from './wording.ts'

const tones: Record<State, StateTone> = { IN_SERVICE: 'good', FAULTY: 'bad', IN_REPAIR: 'waiting', RETIRED: 'over' }

/** Where a device stands (设备状态). */
export function DeviceState({ state }: { state: State }) {
  return <StateMark tone={tones[state]}>{useWords(devicesWording).deviceState[state]}</StateMark>
}
