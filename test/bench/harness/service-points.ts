import type pg from 'pg'

/** A place where a case can be closed: who sits at which window of which hall, and what can be applied for there (服务点). */
export type ServicePoint = {
  regionCode: string
  regionPath: string
  serviceCode: string
  departmentId: string
  hallId: string
  windowId: string
  windowNumber: string
  staffNumber: string
}

/** Service points below a region, at most one a window, those of one hall after another. */
export async function servicePoints(owner: pg.Pool, below: string, atMost: number): Promise<ServicePoint[]> {
  const { rows } = await owner.query<ServicePoint>(
    `select distinct on (h.id, w.number)
       r.code as "regionCode", h.region_path as "regionPath", m.service_code as "serviceCode", s.department_id as "departmentId",
       h.id as "hallId", w.id as "windowId", w.number as "windowNumber", s.staff_number as "staffNumber"
     from cases.halls h
     join cases.regions r on r.id = h.region_id
     join cases.windows w on w.hall_id = h.id
     join cases.staff_members s on s.hall_id = h.id and s.region_path = h.region_path
     join cases.service_matters m on m.department_id = s.department_id
     where h.region_path like $1
     order by h.id, w.number, s.id, m.id
     limit $2`,
    [`${below}%`, atMost],
  )
  return rows
}
