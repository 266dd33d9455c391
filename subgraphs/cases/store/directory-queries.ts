import type { Transaction } from '../../shared/database.ts'
import type {
  DepartmentRow,
  HallRow,
  LineRow,
  RegionRow,
  ServiceMatterRow,
  StaffMemberRow,
  WindowRow,
} from './directory-rows.ts'

const regionSelect = `select id, code, name, level, is_directly_administered as "isDirectlyAdministered",
  parent_id as "parentId", region_path as "regionPath" from cases.regions`
const hallSelect = `select id, name, kind, address, region_id as "regionId" from cases.halls`
const windowSelect = `select id, hall_id as "hallId", number, name from cases.windows`

export const regionsByIds = byIds<RegionRow>(regionSelect)
export const linesByIds = byIds<LineRow>(`select id, name from cases.lines`)
export const departmentsByIds = byIds<DepartmentRow>(
  `select id, name, kind, region_id as "regionId", line_id as "lineId" from cases.departments`,
)
export const hallsByIds = byIds<HallRow>(hallSelect)
export const windowsByIds = byIds<WindowRow>(windowSelect)
export const staffMembersByIds = byIds<StaffMemberRow>(
  `select id, staff_number as "staffNumber", name, department_id as "departmentId" from cases.staff_members`,
)
export const serviceMattersByIds = byIds<ServiceMatterRow>(
  `select id, service_code as "serviceCode", name, department_id as "departmentId" from cases.service_matters`,
)

/** The divisions with these codes (区划代码), as far as the scope shows them. */
export function regionsByCodes(tx: Transaction, codes: readonly string[]): Promise<RegionRow[]> {
  return tx.query<RegionRow>(`${regionSelect} where code = any($1::text[])`, [codes])
}

/** The division at a parent path: the root of a viewer's own subtree. */
export async function regionByPath(tx: Transaction, regionPath: string): Promise<RegionRow | null> {
  const [row] = await tx.query<RegionRow>(`${regionSelect} where region_path = $1`, [regionPath])
  return row ?? null
}

/** Halls by name behind (name, id), one more than asked for. */
export function hallPage(tx: Transaction, after: [string, string] | null, first: number): Promise<HallRow[]> {
  return tx.query<HallRow>(
    `${hallSelect} where $1::text is null or (name, id) > ($1, $2::uuid) order by name, id limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, first + 1],
  )
}

/** Counters of these halls by number, at most 100 each. */
export function windowsOfHalls(tx: Transaction, hallIds: readonly string[]): Promise<WindowRow[]> {
  return tx.query<WindowRow>(
    `select w.id, w.hall_id as "hallId", w.number, w.name from unnest($1::uuid[]) as h(id)
     cross join lateral (select * from cases.windows where hall_id = h.id order by number limit 100) w
     order by w.number`,
    [hallIds],
  )
}

function byIds<Row extends object>(select: string) {
  return (tx: Transaction, ids: readonly string[]) => tx.query<Row>(`${select} where id = any($1::uuid[])`, [ids])
}
