import type { Transaction } from '../../shared/database.ts'
import type { StaticCodesChanged } from '../../shared/events/static-codes-changed.ts'
import type { HallRow, StaffMemberRow } from './directory-rows.ts'

/** Keeps how many static codes in use a place or person has; facts come in order, so the last one holds. */
export async function keepCoverage({ query }: Transaction, changed: StaticCodesChanged): Promise<void> {
  await query(
    `insert into cases.static_code_coverage (subject_kind, subject_id, active_count) values ($1, $2, $3)
     on conflict (subject_kind, subject_id) do update set active_count = excluded.active_count`,
    [changed.subjectKind, changed.subjectId, changed.activeCount],
  )
}

const without = (kind: 'HALL' | 'STAFF_MEMBER', row: string) => `not exists (
  select from cases.static_code_coverage c where c.subject_kind = '${kind}' and c.subject_id = ${row}.id and c.active_count > 0)`

/** Halls and stations without a code of their own (应设未设) by name behind (name, id), one more than asked for. */
export function hallsWithoutCode(tx: Transaction, after: [string, string] | null, first: number): Promise<HallRow[]> {
  return tx.query<HallRow>(
    `select h.id, h.name, h.kind, h.address, h.region_id as "regionId" from cases.halls h
     where ${without('HALL', 'h')} and ($1::text is null or (h.name, h.id) > ($1, $2::uuid))
     order by h.name, h.id limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, first + 1],
  )
}

/** Members of staff without a code (未配一人一码) by number behind (number, id), one more than asked for. */
export function staffWithoutCode(
  tx: Transaction,
  hallId: string | null,
  after: [string, string] | null,
  first: number,
): Promise<StaffMemberRow[]> {
  return tx.query<StaffMemberRow>(
    `select s.id, s.staff_number as "staffNumber", s.name, s.department_id as "departmentId" from cases.staff_members s
     where ${without('STAFF_MEMBER', 's')} and ($1::uuid is null or s.hall_id = $1)
       and ($2::text is null or (s.staff_number, s.id) > ($2, $3::uuid))
     order by s.staff_number, s.id limit $4`,
    [hallId, after?.[0] ?? null, after?.[1] ?? null, first + 1],
  )
}
