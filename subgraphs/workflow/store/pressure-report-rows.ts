import type { Transaction } from '../../shared/database.ts'
import type { PressureKind } from '../domain/pressure-report.ts'

/** A report of pressure (举报) as it is kept: what was written and whom to call are sealed. */
export type PressureReportRow = {
  id: string
  reportNumber: string
  evaluationId: string
  caseId: string | null
  kind: PressureKind
  textSealed: Buffer
  contactSealed: Buffer | null
  reportedAt: Date
  cityCode: string
  regionPath: string
  departmentId: string
}

const columns = `id, report_number as "reportNumber", evaluation_id as "evaluationId", case_id as "caseId", kind, text_sealed as "textSealed",
  contact_sealed as "contactSealed", reported_at as "reportedAt", city_code as "cityCode", region_path as "regionPath", department_id as "departmentId"`

/** Keeps a report; when its number is taken, answers the report that has it. */
export async function insertPressureReport({ query }: Transaction, row: PressureReportRow): Promise<PressureReportRow> {
  await query(
    `insert into workflow.pressure_reports
       (id, report_number, evaluation_id, case_id, kind, text_sealed, contact_sealed, reported_at, city_code, region_path, department_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (report_number) do nothing`,
    [
      row.id,
      row.reportNumber,
      row.evaluationId,
      row.caseId,
      row.kind,
      row.textSealed,
      row.contactSealed,
      row.reportedAt,
      row.cityCode,
      row.regionPath,
      row.departmentId,
    ],
  )
  const sql = `select ${columns} from workflow.pressure_reports where report_number = $1`
  const [kept] = await query<PressureReportRow>(sql, [row.reportNumber])
  return kept!
}

/**
 * Reports in the scope, the newest first.
 *
 * @param behind id of the last row of the page before
 */
export function pressureReportsBehind(
  { query }: Transaction,
  behind: string | null,
  limit: number,
): Promise<PressureReportRow[]> {
  return query<PressureReportRow>(
    `select ${columns} from workflow.pressure_reports where ($1::uuid is null or id < $1) order by id desc limit $2`,
    [behind, limit],
  )
}
