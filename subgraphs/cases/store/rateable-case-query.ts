import type { Transaction } from '../../shared/database.ts'

export type RateableCaseRow = {
  caseId: string
  caseNumber: string
  dataVersion: number
  isValid: boolean
  state: 'PENDING' | 'ACCEPTED' | 'CLOSED'
  acceptedAt: Date | null
  closedAt: Date | null
  reportedAt: Date
  cityCode: string
  regionPath: string
  policyId: string
  matterId: string
  matterName: string
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
  phoneLastFourHash: string | null
  outcome: 'COMPLETED' | 'REFUSED' | 'RETURNED' | 'WITHDRAWN'
  mergedInto: string | null
  promisedAt: Date | null
  legalLimitAt: Date | null
  hasFees: boolean
  involvesIntermediary: boolean
  isProbe: boolean
}

/** The facts of a case `c` with its names and its applicant `a`. */
export const rateableColumns = `
  c.id as "caseId", c.case_number as "caseNumber", c.data_version as "dataVersion", c.is_valid as "isValid", c.state,
    c.accepted_at as "acceptedAt", c.closed_at as "closedAt", c.reported_at as "reportedAt", c.city_code as "cityCode",
    c.region_path as "regionPath", r.policy_id as "policyId", c.matter_id as "matterId", m.name as "matterName",
    c.department_id as "departmentId", d.name as "departmentName", c.line_id as "lineId", c.hall_id as "hallId",
    h.name as "hallName", c.window_id as "windowId", w.number as "windowNumber", c.staff_member_id as "staffMemberId",
    s.staff_number as "staffNumber", s.name as "staffName", a.phone_last_four_hash as "phoneLastFourHash",
    c.outcome, c.merged_into as "mergedInto", c.promised_at as "promisedAt", c.legal_limit_at as "legalLimitAt",
    m.has_fees as "hasFees", m.involves_intermediary as "involvesIntermediary",
    c.is_probe as "isProbe"`

/** The names of what a case `c` refers to. */
export const namesOfCase = `
  join cases.regions r on r.id = c.region_id
  join cases.service_matters m on m.id = c.matter_id
  join cases.departments d on d.id = c.department_id
  left join cases.halls h on h.id = c.hall_id
  left join cases.windows w on w.id = c.window_id
  left join cases.staff_members s on s.id = c.staff_member_id`

/**
 * The facts of the case (可评价办件) with this number, with the names of what they refer to; from the key to the one row, as in
 * `serviceCaseByNumber`. Latest one where two cities use the same number.
 */
export async function rateableCaseByNumber(tx: Transaction, caseNumber: string): Promise<RateableCaseRow | null> {
  const [row] = await tx.query<RateableCaseRow>(
    `select ${rateableColumns} from cases.case_keys k
     cross join lateral (
       select * from cases.service_cases s where s.id = k.case_id and s.city_code = k.city_code limit 1
     ) c ${namesOfCase}
     left join cases.case_applicants a on a.case_id = c.id and a.city_code = c.city_code
     where k.case_number = $1 order by c.id desc limit 1`,
    [caseNumber],
  )
  return row ?? null
}

/** Where someone looks for his closed cases, and since when. */
export type ContactPlace = {
  since: Date
  regionPath: string
  hallId: string | null
  staffMemberId: string | null
}

/** A person asks for his own few: more than these are no choice any more. */
const mostCasesOfContact = 20

/** Valid closed cases at a place whose applicant left a phone with one of these hashes; the latest closed first, at most 20. */
export function closedCasesOfPhone(
  tx: Transaction,
  phoneHashes: readonly string[],
  { since, regionPath, hallId, staffMemberId }: ContactPlace,
): Promise<RateableCaseRow[]> {
  return tx.query<RateableCaseRow>(
    `select ${rateableColumns} from cases.case_applicants a
     join cases.service_cases c on c.id = a.case_id and c.city_code = a.city_code ${namesOfCase}
     where a.phone_hash = any($1::text[]) and c.state = 'CLOSED' and c.is_valid and not c.is_probe and c.closed_at >= $2
       and starts_with(c.region_path, $3) and ($4::uuid is null or c.hall_id = $4)
       and ($5::uuid is null or c.staff_member_id = $5)
     order by c.closed_at desc, c.id desc limit ${mostCasesOfContact}`,
    [phoneHashes, since, regionPath, hallId, staffMemberId],
  )
}
