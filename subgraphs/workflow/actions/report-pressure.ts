import { newId } from '../../shared/uuid.ts'
import type { WorkflowContext } from '../context.ts'
import { type PressureDraft, type ReportProblem, readPressureReport } from '../domain/pressure-report.ts'
import { reportNumberOf } from '../domain/report-number.ts'
import { insertPressureReport } from '../store/pressure-report-rows.ts'
import { askRatedPlacement, type RatedPlacement } from './ask-rated-placement.ts'

export type ReportedPressure =
  | { reportNumber: string; reportedAt: Date }
  | { refused: 'RECEIPT_UNKNOWN' }
  | { refused: 'INVALID_REPORT'; problems: ReportProblem[] }

/** Columns under whose names a report is sealed. */
export const sealedColumns = {
  text: 'workflow.pressure_reports.text_sealed',
  contact: 'workflow.pressure_reports.contact_sealed',
} as const

const citizenScope = { reach: 'EVERYTHING', name: 'citizen' } as const

/**
 * Takes a report of pressure, inducement or retaliation (施压、诱导、报复举报) from whoever holds the receipt of the rating. It is sealed and lies
 * in the region alone, never with the unit. The same report again is answered with the same number.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function reportPressure(
  { receiptNumber, ...draft }: PressureDraft & { receiptNumber: string },
  context: WorkflowContext,
): Promise<ReportedPressure> {
  const read = readPressureReport(draft)
  if ('problems' in read) return { refused: 'INVALID_REPORT', problems: read.problems }
  const rated = await askRatedPlacement(context.evaluations(), receiptNumber)
  if (!rated) return { refused: 'RECEIPT_UNKNOWN' }
  return keepReport(rated, read.report, context)
}

async function keepReport(
  rated: RatedPlacement,
  report: PressureDraft,
  { crypto, database, now }: WorkflowContext,
): Promise<{ reportNumber: string; reportedAt: Date }> {
  const reportedAt = now()
  const { evaluationId, caseId, cityCode, regionPath, departmentId } = rated
  const sealed = {
    textSealed: crypto.seal(sealedColumns.text, report.text),
    contactSealed: report.contactPhone === null ? null : crypto.seal(sealedColumns.contact, report.contactPhone),
  }
  const placed = { evaluationId, caseId, cityCode, regionPath, departmentId }
  for (let attempt = 0; ; attempt++) {
    const reportNumber = reportNumberOf(evaluationId, report, attempt, crypto.receiptMac)
    const id = newId(reportedAt.getTime())
    const row = { id, reportNumber, kind: report.kind, reportedAt, ...placed, ...sealed }
    const kept = await database.inScope(citizenScope, tx => insertPressureReport(tx, row))
    // Forty bits of number: another rating may have it already, once in a very long while.
    if (kept.evaluationId === evaluationId) return { reportNumber, reportedAt: kept.reportedAt }
  }
}
