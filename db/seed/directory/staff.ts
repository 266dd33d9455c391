import { inventedName } from '../invented/people.ts'
import { namedId } from '../named-id.ts'
import { seededRandom } from '../seeded-random.ts'
import type { Window } from './windows.ts'

/** Who serves at a window (工作人员). */
export type StaffMember = {
  id: string
  /** 工号: two digits for the hall, three for the person; no two are alike in the whole province. */
  staffNumber: string
  name: string
  departmentId: string
  lineId: string | null
  hallId: string
  regionPath: string
  window: Window
}

// Two shifts, so that windows stay open over lunch.
const STAFF_PER_WINDOW = 2

/** Two people a window, one at the windows of stations. */
export function makeStaff(windows: readonly Window[]): StaffMember[] {
  const halls = [...new Set(windows.map(({ hallId }) => hallId))]
  return halls.flatMap((hallId, hallIndex) => {
    const inHall = windows.filter(window => window.hallId === hallId)
    const places = inHall.flatMap(window => Array(window.hall.kind === 'STATION' ? 1 : STAFF_PER_WINDOW).fill(window))
    return places.map((window, i) => staffMember(window, (hallIndex + 1) * 1000 + i + 1))
  })
}

function staffMember(window: Window, number: number): StaffMember {
  const staffNumber = String(number).padStart(5, '0')
  return {
    id: namedId('staff', staffNumber),
    staffNumber,
    name: inventedName(seededRandom(`staff ${staffNumber}`)),
    departmentId: window.department.id,
    lineId: window.department.lineId,
    hallId: window.hallId,
    regionPath: window.regionPath,
    window,
  }
}
