import { p } from '@mikro-orm/postgresql'
import type { Placement } from './events/event.ts'

/** Where a rated service lies: its department is always known. */
export type ServicePlacement = Placement & { departmentId: string }

/** The columns that scope is judged by, the same on every entity. */
export const placementProperties = () => ({
  regionPath: p.text(),
  departmentId: p.uuid(),
  lineId: p.uuid().nullable(),
  hallId: p.uuid().nullable(),
  windowId: p.uuid().nullable(),
  staffMemberId: p.uuid().nullable(),
})

/** The same columns as SQL answers them. */
export type PlacementColumns<DepartmentId extends string | null = string> = {
  region_path: string
  department_id: DepartmentId
  line_id: string | null
  hall_id: string | null
  window_id: string | null
  staff_member_id: string | null
}

export function placementColumns(placement: ServicePlacement): PlacementColumns {
  return {
    region_path: placement.regionPath,
    department_id: placement.departmentId,
    line_id: placement.lineId,
    hall_id: placement.hallId,
    window_id: placement.windowId,
    staff_member_id: placement.staffMemberId,
  }
}

export function placementOf<DepartmentId extends string | null>(
  row: PlacementColumns<DepartmentId>,
): Placement & { departmentId: DepartmentId } {
  return {
    regionPath: row.region_path,
    departmentId: row.department_id,
    lineId: row.line_id,
    hallId: row.hall_id,
    windowId: row.window_id,
    staffMemberId: row.staff_member_id,
  }
}
