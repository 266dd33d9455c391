import { p } from '@mikro-orm/postgresql'
import type { Placement } from '../../shared/events/event.ts'

/** The columns that scope is judged by, as every table of this subgraph has them. */
export const placementProperties = () => ({
  regionPath: p.text(),
  departmentId: p.uuid(),
  lineId: p.uuid().nullable(),
  hallId: p.uuid().nullable(),
  windowId: p.uuid().nullable(),
  staffMemberId: p.uuid().nullable(),
})

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
