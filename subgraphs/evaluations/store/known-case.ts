import type { Transaction } from '../../shared/database.ts'
import {
  type PlacementColumns,
  placementColumns,
  placementOf,
  type ServicePlacement,
} from '../../shared/placement-columns.ts'

/** What ratings know of a case (可评价办件), kept from the facts of the cases subgraph. */
export type KnownCase = {
  caseId: string
  caseNumber: string
  dataVersion: number
  /** False after the source voided the case (作废). */
  isValid: boolean
  state: 'PENDING' | 'ACCEPTED' | 'CLOSED'
  acceptedAt: Date | null
  closedAt: Date | null
  reportedAt: Date
  cityCode: string
  policyId: string
  matterId: string
  matterName: string
  departmentName: string
  hallName: string | null
  windowNumber: string | null
  staffNumber: string | null
  staffName: string | null
  /** How it ended (办结方式); meaningless until it is closed. */
  outcome: 'COMPLETED' | 'REFUSED' | 'RETURNED' | 'WITHDRAWN'
  /** Number of the case that took this one in (并入). */
  mergedInto: string | null
  promisedAt: Date | null
  legalLimitAt: Date | null
  /** The matter has fees (是否收费). */
  hasFees: boolean
  involvesIntermediary: boolean
  /** A probe of the hub itself (探测办件): no default, no invitation, in no figure. */
  isProbe: boolean
  /** Null when the source gave no phone, or while it has not been asked for. */
  phoneLastFourHash: string | null
  placement: ServicePlacement
}

export type KnownCaseColumns = PlacementColumns & {
  case_id: string
  case_number: string
  data_version: number
  is_valid: boolean
  state: KnownCase['state']
  accepted_at: Date | null
  closed_at: Date | null
  reported_at: Date
  city_code: string
  policy_id: string
  matter_id: string
  matter_name: string
  department_name: string
  hall_name: string | null
  window_number: string | null
  staff_number: string | null
  staff_name: string | null
  outcome: KnownCase['outcome']
  merged_into: string | null
  promised_at: Date | null
  legal_limit_at: Date | null
  has_fees: boolean
  involves_intermediary: boolean
  is_probe: boolean
  phone_last_four_hash: string | null
}

export function knownCaseOf(row: KnownCaseColumns): KnownCase {
  return {
    caseId: row.case_id,
    caseNumber: row.case_number,
    dataVersion: row.data_version,
    isValid: row.is_valid,
    state: row.state,
    acceptedAt: row.accepted_at,
    closedAt: row.closed_at,
    reportedAt: row.reported_at,
    cityCode: row.city_code,
    policyId: row.policy_id,
    matterId: row.matter_id,
    matterName: row.matter_name,
    departmentName: row.department_name,
    hallName: row.hall_name,
    windowNumber: row.window_number,
    staffNumber: row.staff_number,
    staffName: row.staff_name,
    outcome: row.outcome,
    mergedInto: row.merged_into,
    promisedAt: row.promised_at,
    legalLimitAt: row.legal_limit_at,
    hasFees: row.has_fees,
    involvesIntermediary: row.involves_intermediary,
    isProbe: row.is_probe,
    phoneLastFourHash: row.phone_last_four_hash,
    placement: placementOf(row),
  }
}

/**
 * Keeps what is known of a case unless something newer is: a higher data version replaces everything, the same one only fills in
 * the hash that events do not carry. That hash outlives events without it, so that receipts printed before can still be proved.
 */
export async function keepKnownCase({ query }: Transaction, known: KnownCase): Promise<void> {
  const row: KnownCaseColumns = {
    case_id: known.caseId,
    case_number: known.caseNumber,
    data_version: known.dataVersion,
    is_valid: known.isValid,
    state: known.state,
    accepted_at: known.acceptedAt,
    closed_at: known.closedAt,
    reported_at: known.reportedAt,
    city_code: known.cityCode,
    policy_id: known.policyId,
    matter_id: known.matterId,
    matter_name: known.matterName,
    department_name: known.departmentName,
    hall_name: known.hallName,
    window_number: known.windowNumber,
    staff_number: known.staffNumber,
    staff_name: known.staffName,
    outcome: known.outcome,
    merged_into: known.mergedInto,
    promised_at: known.promisedAt,
    legal_limit_at: known.legalLimitAt,
    has_fees: known.hasFees,
    involves_intermediary: known.involvesIntermediary,
    is_probe: known.isProbe,
    phone_last_four_hash: known.phoneLastFourHash,
    ...placementColumns(known.placement),
  }
  const columns = Object.keys(row)
  const replaced = columns
    .filter(column => column !== 'case_id' && column !== 'phone_last_four_hash')
    .map(column => `${column} = excluded.${column}`)
  await query(
    `insert into evaluations.rateable_cases as kept (${columns.join(', ')})
     values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
     on conflict (case_id) do update set ${replaced.join(', ')},
       phone_last_four_hash = coalesce(excluded.phone_last_four_hash, kept.phone_last_four_hash)
     where excluded.data_version > kept.data_version
        or (excluded.data_version = kept.data_version and kept.phone_last_four_hash is null)`,
    Object.values(row),
  )
}
