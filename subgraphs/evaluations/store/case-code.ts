import { randomBytes } from 'node:crypto'
import type { Transaction } from '../../shared/database.ts'
import { placementColumns } from '../../shared/placement-columns.ts'
import { type KnownCase, type KnownCaseColumns, knownCaseOf } from './known-case.ts'

/** Where a rating code of a case points: its random handle, and the index of who serves at which window or terminal now. */
export type CodePoint = { handle: string; point: number }

/** A case for which a code is asked, with its present code point if one was made before. */
export type CodableCase = {
  serviceCase: KnownCase
  isEvaluated: boolean
  /** The clerk was reminded to ask for a rating (提示义务), as far as the scope of the transaction shows it. */
  isPrompted: boolean
  codePoint: CodePoint | null
}

/** The service for which a code is made; at a terminal, by no clerk, with its number. */
export type ServiceAtCode = { serviceNumber: number; terminalNumber: string | null }

const sameAssignment = (point: string, assignment: string) =>
  ['department_id', 'hall_id', 'window_id', 'staff_member_id']
    .map(column => `${point}.${column} is not distinct from ${assignment}.${column}`)
    .join(' and ')

const codableSelect = `
  select known.*, encode(served.handle, 'hex') as case_handle, served.point,
    exists (select from evaluations.evaluation_keys k
      where k.city_code = known.city_code and k.subject_id = known.case_id and k.service_number = $2 and k.round = 1) as is_evaluated,
    exists (select from evaluations.prompt_duties d where d.case_id = known.case_id and d.service_number = $2) as is_prompted
  from evaluations.rateable_cases known
  left join evaluations.case_codes code on code.case_id = known.case_id and code.service_number = $2
  left join evaluations.code_points served on served.handle = code.handle and served.terminal_number is null
    and ${sameAssignment('served', 'known')}`

type CodableRow = KnownCaseColumns & {
  is_evaluated: boolean
  is_prompted: boolean
  case_handle: string | null
  point: number | null
}

/** Finds a case by its number within the scope of the transaction; the latest reported one where two cities use the same number. */
export async function codableCase(
  { query }: Transaction,
  caseNumber: string,
  serviceNumber: number,
): Promise<CodableCase | null> {
  const [row] = await query<CodableRow>(
    `${codableSelect} where known.case_number = $1 order by known.reported_at desc, served.point desc limit 1`,
    [caseNumber, serviceNumber],
  )
  return row ? codableCaseOf(row) : null
}

/** Finds cases within the scope of the transaction, the latest closed first. */
export async function codableCases(
  { query }: Transaction,
  caseIds: readonly string[],
  serviceNumber: number,
): Promise<CodableCase[]> {
  const rows = await query<CodableRow>(
    `select distinct on (closed_at, case_id) * from (${codableSelect} where known.case_id = any ($1::uuid[])) as found
     order by closed_at desc, case_id desc, point desc`,
    [caseIds, serviceNumber],
  )
  return rows.map(codableCaseOf)
}

function codableCaseOf(row: CodableRow): CodableCase {
  const { case_handle: handle, point } = row
  return {
    serviceCase: knownCaseOf(row),
    isEvaluated: row.is_evaluated,
    isPrompted: row.is_prompted,
    codePoint: handle === null || point === null ? null : { handle, point },
  }
}

// Another issuer may insert the same handle or point at the same moment; his row then shows in the next attempt.
const ATTEMPTS = 5

/** Makes the code point of a case and its present assignment, or answers the one that is there. */
export async function keepCodePoint(
  transaction: Transaction,
  serviceCase: KnownCase,
  { serviceNumber, terminalNumber }: ServiceAtCode,
  now: Date,
): Promise<CodePoint> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const handle = await keepHandle(transaction, serviceCase.caseId, serviceNumber)
    const point = handle && (await keepPoint(transaction, handle, serviceCase, terminalNumber, now))
    if (handle !== null && typeof point === 'number') return { handle, point }
  }
  throw new Error(`no code point could be made in ${ATTEMPTS} attempts`)
}

async function keepHandle({ query }: Transaction, caseId: string, serviceNumber: number): Promise<string | null> {
  const [row] = await query<{ handle: string }>(
    `with made as (
       insert into evaluations.case_codes (handle, case_id, service_number) values ($1, $2, $3)
       on conflict do nothing returning handle
     )
     select encode(handle, 'hex') as handle from made
     union all
     select encode(handle, 'hex') from evaluations.case_codes where case_id = $2 and service_number = $3`,
    [randomBytes(6), caseId, serviceNumber],
  )
  return row?.handle ?? null
}

async function keepPoint(
  { query }: Transaction,
  handle: string,
  serviceCase: KnownCase,
  terminalNumber: string | null,
  now: Date,
): Promise<number | null> {
  const row = {
    department_name: serviceCase.departmentName,
    hall_name: serviceCase.hallName,
    window_number: serviceCase.windowNumber,
    staff_number: serviceCase.staffNumber,
    staff_name: serviceCase.staffName,
    terminal_number: terminalNumber,
    issued_at: now,
    ...placementColumns(serviceCase.placement),
    ...(terminalNumber !== null && { staff_number: null, staff_name: null, staff_member_id: null }),
  }
  const columns = Object.keys(row).join(', ')
  const same = `p.terminal_number is not distinct from served.terminal_number and ${sameAssignment('p', 'served')}`
  const [made] = await query<{ point: number }>(
    `with served as (
       select * from json_populate_record(null::evaluations.code_points, $2::json)
     ), made as (
       insert into evaluations.code_points (handle, point, ${columns})
       select decode($1, 'hex'), (select coalesce(max(point) + 1, 0) from evaluations.code_points where handle = decode($1, 'hex')), ${columns}
       from served where not exists (
         select from evaluations.code_points p where p.handle = decode($1, 'hex') and ${same})
       on conflict do nothing returning point
     )
     select point from made
     union all
     select p.point from evaluations.code_points p, served where p.handle = decode($1, 'hex') and ${same}`,
    [handle, JSON.stringify(row)],
  )
  return made?.point ?? null
}
