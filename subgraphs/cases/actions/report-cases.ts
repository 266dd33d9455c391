import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import type { Viewer } from '../../shared/viewer.ts'
import type { CaseReportRow } from '../domain/case-report.ts'
import { mayReportCases, mostReportedRows, ownSourceSystem } from '../domain/reporting-right.ts'
import { sourceSystemOf } from '../store/credential-queries.ts'
import { type RowOutcome, takeReports } from './take-reports.ts'

export type ReportingParts = { database: Database; crypto: CryptoPort; now: () => Date; viewer: Viewer }

export type ReportCasesAnswer = { outcomes: RowOutcome[] } | { refused: 'NOT_PERMITTED' | 'TOO_MANY_ROWS' | 'NO_ROWS' }

/**
 * Takes 1 to 500 cases from a linked system (办件推送), all in one transaction under its scope: rows and facts commit together.
 * Idempotent by case number and data version; one bad row never sinks the others.
 */
export async function reportCases(
  { database, crypto, now, viewer }: ReportingParts,
  rows: readonly CaseReportRow[],
): Promise<ReportCasesAnswer> {
  if (!mayReportCases(viewer)) return { refused: 'NOT_PERMITTED' }
  if (rows.length === 0) return { refused: 'NO_ROWS' }
  if (rows.length > mostReportedRows) return { refused: 'TOO_MANY_ROWS' }
  const outcomes = await database.inScope(viewer.scope, async tx => {
    const sourceSystem = (await sourceSystemOf(tx, viewer.id)) ?? ownSourceSystem
    return takeReports(tx, { crypto, now: now(), sourceSystem, scope: viewer.scope }, rows)
  })
  return { outcomes }
}
