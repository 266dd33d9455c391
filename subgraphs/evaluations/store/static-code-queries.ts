import type { Transaction } from '../../shared/database.ts'
import { type PlacementColumns, placementOf } from '../../shared/placement-columns.ts'
import type { StaticCode, StaticCodeState, StaticSubjectKind } from '../domain/static-code.ts'
import { plainPrintedId } from '../domain/static-code-id.ts'

export type StaticCodeRow = Omit<StaticCode, 'placement'> & PlacementColumns

export const staticCodeColumns = `id, encode(handle, 'hex') as handle, printed_id as "printedId", subject_kind as "subjectKind",
  subject_id as "subjectId", state, city_code as "cityCode", policy_id as "policyId", region_name as "regionName",
  department_name as "departmentName", hall_name as "hallName", window_number as "windowNumber", staff_number as "staffNumber",
  staff_name as "staffName", requested_at as "requestedAt", requested_by_name as "requestedByName",
  request_reason as "requestReason", decided_at as "decidedAt", decided_by_name as "decidedByName",
  decision_reason as "decisionReason", retired_at as "retiredAt", retired_by_name as "retiredByName",
  retire_reason as "retireReason", region_path, department_id, line_id, hall_id, window_id, staff_member_id`

export function staticCodeOf(row: StaticCodeRow): StaticCode {
  const { region_path, department_id, line_id, hall_id, window_id, staff_member_id, ...facts } = row
  const placement = placementOf({ region_path, department_id, line_id, hall_id, window_id, staff_member_id })
  return { ...facts, placement }
}

async function staticCodesWhere({ query }: Transaction, rest: string, values: unknown[]): Promise<StaticCode[]> {
  const rows = await query<StaticCodeRow>(`select ${staticCodeColumns} from evaluations.static_codes ${rest}`, values)
  return rows.map(staticCodeOf)
}

export function staticCodesById(tx: Transaction, ids: readonly string[]): Promise<StaticCode[]> {
  return staticCodesWhere(tx, 'where id = any($1::uuid[])', [ids])
}

/** The code with a printed id as `readPrintedId` gives it. */
export async function staticCodeByPrintedId(tx: Transaction, printedId: string): Promise<StaticCode | null> {
  return (await staticCodesWhere(tx, 'where printed_id = $1', [printedId]))[0] ?? null
}

/** Codes in use of these halls themselves, the latest first, at most 20 each. */
export function activeCodesOfHalls(tx: Transaction, hallIds: readonly string[]): Promise<StaticCode[]> {
  return staticCodesWhere(
    tx,
    `where id in (
       select c.id from unnest($1::uuid[]) as hall (id) cross join lateral (
         select id from evaluations.static_codes
         where hall_id = hall.id and subject_kind = 'HALL' and state = 'ACTIVE' order by id desc limit 20
       ) c)
     order by id desc`,
    [hallIds],
  )
}

/** The codes in use of these people, at most one each. */
export function activeCodesOfStaff(tx: Transaction, staffMemberIds: readonly string[]): Promise<StaticCode[]> {
  return staticCodesWhere(
    tx,
    `where subject_kind = 'STAFF_MEMBER' and state = 'ACTIVE' and staff_member_id = any($1::uuid[])`,
    [staffMemberIds],
  )
}

/** The latest code of the platform that is in use. */
export async function activeCodeOfPlatform(tx: Transaction): Promise<StaticCode | null> {
  const found = await staticCodesWhere(
    tx,
    `where subject_kind = 'PLATFORM' and state = 'ACTIVE' order by decided_at desc, id desc limit 1`,
    [],
  )
  return found[0] ?? null
}

/** Which codes a list shows; what is null does not narrow it. */
export type StaticCodeSelection = {
  state: StaticCodeState | null
  subjectKind: StaticSubjectKind | null
  hallId: string | null
  departmentId: string | null
  search: string | null
}

/** A page of codes, those applied for last first, behind the id of the last one of the page before. */
export function staticCodesPage(
  tx: Transaction,
  { state, subjectKind, hallId, departmentId, search }: StaticCodeSelection,
  after: string | null,
  limit: number,
): Promise<StaticCode[]> {
  return staticCodesWhere(
    tx,
    `where ($1::text is null or state = $1) and ($2::text is null or subject_kind = $2)
       and ($3::uuid is null or hall_id = $3) and ($4::uuid is null or department_id = $4)
       and ($5::text is null or strpos(lower(concat_ws(' ', hall_name, region_name, staff_name, staff_number)), lower($5)) > 0
         or ($6 <> '' and strpos(replace(printed_id, '-', ''), $6) > 0))
       and ($7::uuid is null or id < $7)
     order by id desc limit $8`,
    [state, subjectKind, hallId, departmentId, search, plainPrintedId(search ?? ''), after, limit],
  )
}

/** How many ratings came by each of these codes, as far as the scope shows them. */
export async function evaluationCounts({ query }: Transaction, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await query<{ id: string; count: number }>(
    `select static_code_id as id, count(*)::int as count from evaluations.evaluations
     where static_code_id = any($1::uuid[]) group by static_code_id`,
    [ids],
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}
