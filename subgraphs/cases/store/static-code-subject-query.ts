import type { Transaction } from '../../shared/database.ts'

/** Who or what a static code stands for (静态码对象), with the unit that answers for ratings by it. */
export type StaticCodeSubject = {
  subjectKind: SubjectKind
  /** The person, the hall or station; of province and platform the province's region. */
  subjectId: string
  cityCode: string
  policyId: string
  regionPath: string
  regionName: string
  departmentId: string
  departmentName: string
  lineId: string | null
  hallId: string | null
  hallName: string | null
  windowId: string | null
  windowNumber: string | null
  staffMemberId: string | null
  staffNumber: string | null
  staffName: string | null
}

export type SubjectKind = 'STAFF_MEMBER' | 'HALL' | 'PROVINCE' | 'PLATFORM'

const subjectTables: Readonly<Record<SubjectKind, string>> = {
  STAFF_MEMBER: 'cases.staff_members where id = $1::uuid',
  HALL: 'cases.halls where id = $1::uuid',
  PROVINCE: `cases.regions where level = 'PROVINCE' and ($1::uuid is null or id = $1)`,
  PLATFORM: `cases.regions where level = 'PROVINCE' and ($1::uuid is null or id = $1)`,
}

/** The id of the subject as far as the scope of the transaction shows it; null when it does not. */
export async function visibleSubject(tx: Transaction, kind: SubjectKind, id: string | null): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(`select id from ${subjectTables[kind]} limit 1`, [id])
  return row?.id ?? null
}

// The body of the division itself, or of the nearest one above that has one.
const management = `
  left join lateral (
    select d.id, d.name from cases.regions above join cases.departments d on d.id = above.management_department_id
    where starts_with(r.region_path, above.region_path) order by length(above.region_path) desc limit 1
  ) d on true`

const region = `r.city_code as "cityCode", r.policy_id as "policyId", r.region_path as "regionPath", r.name as "regionName",
  d.id as "departmentId", d.name as "departmentName"`
const nobody = `null::uuid as "windowId", null as "windowNumber", null::uuid as "staffMemberId", null as "staffNumber", null as "staffName"`

const facts: Readonly<Record<SubjectKind, string>> = {
  // Where somebody sits is known by his account alone.
  STAFF_MEMBER: `
    select s.id as "subjectId", ${region}, s.line_id as "lineId", h.id as "hallId", h.name as "hallName", w.id as "windowId",
      w.number as "windowNumber", s.id as "staffMemberId", s.staff_number as "staffNumber", s.name as "staffName"
    from cases.staff_members s
    join cases.regions r on r.region_path = s.region_path
    join cases.departments d on d.id = s.department_id
    left join cases.halls h on h.id = s.hall_id
    left join lateral (
      select window_id from cases.accounts a
      where a.staff_member_id = s.id and a.is_active and a.window_id is not null order by a.id limit 1
    ) seat on true
    left join cases.windows w on w.id = seat.window_id and w.hall_id = s.hall_id
    where s.id = $1`,
  HALL: `
    select h.id as "subjectId", ${region}, null::uuid as "lineId", h.id as "hallId", h.name as "hallName", ${nobody}
    from cases.halls h join cases.regions r on r.id = h.region_id ${management} where h.id = $1`,
  PROVINCE: `
    select r.id as "subjectId", ${region}, null::uuid as "lineId", null::uuid as "hallId", null as "hallName", ${nobody}
    from cases.regions r ${management} where r.id = $1`,
  PLATFORM: `
    select r.id as "subjectId", ${region}, null::uuid as "lineId", null::uuid as "hallId", null as "hallName", ${nobody}
    from cases.regions r ${management} where r.id = $1`,
}

/** The facts of a subject; null when no unit answers for it, because no division above has a management body (主管机构). */
export async function subjectFacts(tx: Transaction, kind: SubjectKind, id: string): Promise<StaticCodeSubject | null> {
  const [row] = await tx.query<Omit<StaticCodeSubject, 'subjectKind'>>(facts[kind], [id])
  return row?.departmentId ? { subjectKind: kind, ...row } : null
}
