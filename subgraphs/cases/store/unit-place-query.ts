import type { Transaction } from '../../shared/database.ts'

/** Where a unit lies (所在区划), with the line of the department. */
export type UnitPlace = {
  regionPath: string
  departmentId: string | null
  lineId: string | null
  hallId: string | null
}

/** The place of a hall, or else of a department; undefined unless every one that is named is in the scope. */
export async function placeOfUnit(
  { query }: Transaction,
  { departmentId, hallId }: { departmentId: string | null; hallId: string | null },
): Promise<UnitPlace | undefined> {
  const [place] = await query<UnitPlace>(
    `select coalesce(h.region_path, d.region_path) as "regionPath", d.id as "departmentId", d.line_id as "lineId", h.id as "hallId"
     from (select) as one
     left join cases.departments d on d.id = $1
     left join cases.halls h on h.id = $2
     where ($1::uuid is null or d.id is not null) and ($2::uuid is null or h.id is not null)
       and coalesce(d.id, h.id) is not null`,
    [departmentId, hallId],
  )
  return place
}
