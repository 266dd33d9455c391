import type { Placement } from '../../shared/events/event.ts'
import type { IntegritySubject } from './integrity-signal.ts'

/** Where the evidence of a signal lies: every place that it names. */
export type EvidencePlaces = {
  regionPaths: string[]
  departmentIds: (string | null)[]
  lineIds: (string | null)[]
  hallIds: (string | null)[]
  windowIds: (string | null)[]
  staffMemberIds: (string | null)[]
}

/**
 * Where a signal lies (线索所属): the smallest region that holds all its evidence, and each narrower place that all of it shares. Whoever
 * may see the signal may so see all of its evidence.
 */
export function commonPlacement(places: EvidencePlaces): Placement {
  const only = (ids: (string | null)[]) => (ids.length === 1 ? ids[0]! : null)
  return {
    regionPath: commonPath(places.regionPaths),
    departmentId: only(places.departmentIds),
    lineId: only(places.lineIds),
    hallId: only(places.hallIds),
    windowId: only(places.windowIds),
    staffMemberId: only(places.staffMemberIds),
  }
}

/** Where a whole unit lies (线索针对单位), from some of its ratings: these may share a window, the unit does not end there. */
export function unitPlacement({ kind }: IntegritySubject, places: EvidencePlaces): Placement {
  const { regionPath, departmentId, lineId, hallId } = commonPlacement(places)
  const nowhere = { windowId: null, staffMemberId: null }
  if (kind === 'HALL') return { regionPath, departmentId: null, lineId: null, hallId, ...nowhere }
  return { regionPath, departmentId, lineId, hallId: null, ...nowhere }
}

function commonPath(paths: readonly string[]): string {
  const [first, ...others] = paths.map(path => path.split('/').slice(1, -1))
  const shared = first!.filter((_, depth) => others.every(other => isSameUntil(first!, other, depth)))
  return `/${shared.map(code => `${code}/`).join('')}`
}

function isSameUntil(first: readonly string[], other: readonly string[], depth: number): boolean {
  return first.slice(0, depth + 1).every((code, at) => code === other[at])
}
