import type { Placement } from '../../shared/events/event.ts'

/** A row with those columns. */
export type PlacedRow = {
  regionPath: string
  departmentId: string
  lineId?: string | null
  hallId?: string | null
  windowId?: string | null
  staffMemberId?: string | null
}

/** Where a row of this subgraph lies. */
export function placementOf(row: PlacedRow): Placement {
  return {
    regionPath: row.regionPath,
    departmentId: row.departmentId,
    lineId: row.lineId ?? null,
    hallId: row.hallId ?? null,
    windowId: row.windowId ?? null,
    staffMemberId: row.staffMemberId ?? null,
  }
}
