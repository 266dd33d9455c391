import type { Transaction } from '../../shared/database.ts'
import type { PlacedReport } from '../domain/case-placement.ts'
import { type ArrayColumn, rowArrays } from './row-arrays.ts'
import type { SealedApplicant } from './sealed-applicant.ts'

/** A report that is about to be stored under an id. */
export type StoredCase = PlacedReport & {
  caseId: string
  sourceSystem: string
  storedAt: Date
  applicant: SealedApplicant
}

const keyColumns: ArrayColumn<StoredCase>[] = [
  ['id', 'uuid', row => row.caseId],
  ['city_code', 'text', row => row.region.cityCode],
]

const placementColumns: ArrayColumn<StoredCase>[] = [
  ['region_path', 'text', row => row.placement.regionPath],
  ['department_id', 'uuid', row => row.placement.departmentId],
  ['line_id', 'uuid', row => row.placement.lineId],
  ['hall_id', 'uuid', row => row.placement.hallId],
  ['window_id', 'uuid', row => row.placement.windowId],
  ['staff_member_id', 'uuid', row => row.placement.staffMemberId],
]

const factColumns: ArrayColumn<StoredCase>[] = [
  ['data_version', 'int', row => row.report.dataVersion],
  ['state', 'text', row => row.report.state],
  ['handling_kind', 'text', row => row.report.handlingKind],
  ['is_valid', 'boolean', row => row.report.isValid],
  ['region_id', 'uuid', row => row.region.id],
  ...placementColumns,
  ['matter_id', 'uuid', row => row.matter.id],
  ['task_item_code', 'text', row => row.report.taskItemCode],
  ['queue_number', 'text', row => row.report.queueNumber],
  ['title', 'text', row => row.report.title],
  ['outcome', 'text', row => row.report.outcome],
  ['merged_into', 'text', row => row.report.mergedInto],
  ['accepted_at', 'timestamptz', row => row.report.acceptedAt],
  ['promised_at', 'timestamptz', row => row.report.promisedAt],
  ['legal_limit_at', 'timestamptz', row => row.report.legalLimitAt],
  ['closed_at', 'timestamptz', row => row.report.closedAt],
  ['source_system', 'text', row => row.sourceSystem],
  ['updated_at', 'timestamptz', row => row.storedAt],
]

const applicantColumns: ArrayColumn<StoredCase>[] = [
  ...placementColumns,
  ['kind', 'text', row => row.applicant.kind],
  ['document_kind', 'text', row => row.applicant.documentKind],
  ['name_sealed', 'bytea', row => row.applicant.nameSealed],
  ['document_sealed', 'bytea', row => row.applicant.documentSealed],
  ['phone_sealed', 'bytea', row => row.applicant.phoneSealed],
  ['contact_name_sealed', 'bytea', row => row.applicant.contactNameSealed],
  ['document_hash', 'text', row => row.applicant.documentHash],
  ['phone_hash', 'text', row => row.applicant.phoneHash],
  ['phone_last_four_hash', 'text', row => row.applicant.phoneLastFourHash],
  ['masked_name', 'text', row => row.applicant.maskedName],
  ['masked_document', 'text', row => row.applicant.maskedDocument],
  ['masked_phone', 'text', row => row.applicant.maskedPhone],
]

export async function insertCases(tx: Transaction, rows: readonly StoredCase[]): Promise<void> {
  if (rows.length === 0) return
  const arrays = rowArrays(rows, [
    ...keyColumns,
    ['case_number', 'text', row => row.report.caseNumber],
    ...factColumns,
    ['reported_at', 'timestamptz', row => row.storedAt],
    ['is_probe', 'boolean', row => row.report.isProbe],
  ])
  await tx.query(
    `insert into cases.service_cases (${arrays.names}) select ${arrays.names} from ${arrays.source}`,
    arrays.values,
  )
}

export async function updateCases(tx: Transaction, rows: readonly StoredCase[]): Promise<void> {
  if (rows.length === 0) return
  const arrays = rowArrays(rows, [...keyColumns, ...factColumns])
  const assignments = factColumns.map(([name]) => `${name} = r.${name}`).join(', ')
  await tx.query(
    `update cases.service_cases c set ${assignments} from ${arrays.source} where c.id = r.id and c.city_code = r.city_code`,
    arrays.values,
  )
}

/** The applicant of the newest version stands; what a newer version leaves out is gone. */
export async function upsertApplicants(tx: Transaction, rows: readonly StoredCase[]): Promise<void> {
  if (rows.length === 0) return
  const arrays = rowArrays(rows, [
    ['case_id', 'uuid', row => row.caseId],
    ['city_code', 'text', row => row.region.cityCode],
    ...applicantColumns,
  ])
  const assignments = applicantColumns.map(([name]) => `${name} = excluded.${name}`).join(', ')
  await tx.query(
    `insert into cases.case_applicants (${arrays.names}) select ${arrays.names} from ${arrays.source}
     on conflict (case_id, city_code) do update set ${assignments}`,
    arrays.values,
  )
}

/** How the cases of these ids stand now, as far as the scope shows them. */
export async function statesOfCases(
  tx: Transaction,
  caseIds: readonly string[],
): Promise<Map<string, { state: string; isValid: boolean; isProbe: boolean; reportedAt: Date }>> {
  if (caseIds.length === 0) return new Map()
  const rows = await tx.query<{ id: string; state: string; isValid: boolean; isProbe: boolean; reportedAt: Date }>(
    `select id, state, is_valid as "isValid", is_probe as "isProbe", reported_at as "reportedAt" from cases.service_cases where id = any($1::uuid[])`,
    [caseIds],
  )
  return new Map(rows.map(({ id, ...state }) => [id, state]))
}
