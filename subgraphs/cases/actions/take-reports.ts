import type { Transaction } from '../../shared/database.ts'
import type { InputProblem } from '../../shared/rows/input-problem.ts'
import type { Scope } from '../../shared/viewer.ts'
import { batchWinners } from '../domain/batch-winners.ts'
import { directoryOf, type PlacedReport, placeReport } from '../domain/case-placement.ts'
import { type CaseReportRow, judgeCaseReport } from '../domain/case-report.ts'
import { readDirectoryFacts } from '../store/directory-facts.ts'
import { keyOfReport, type StoringParts, storeReports } from './store-reports.ts'

/** What became of one reported row (办件推送结果). */
export type RowOutcome = {
  outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REJECTED'
  /** Null when rejected. */
  caseId: string | null
  problems: InputProblem[]
  warnings: InputProblem[]
}

/** Takes reported rows in one transaction: judged by themselves, placed in the directory, stored once each; an outcome a row, in their order. */
export async function takeReports(
  tx: Transaction,
  parts: StoringParts & { scope: Scope },
  rows: readonly CaseReportRow[],
): Promise<RowOutcome[]> {
  const judged = rows.map(row => judgeCaseReport(row, parts.now))
  const sound = judged.flatMap(({ report }) => report ?? [])
  const directory = directoryOf(await readDirectoryFacts(tx, sound, parts.scope))
  const placed = judged.map(({ report, problems }) =>
    report ? placeReport(report, directory, parts.scope) : { problems },
  )
  const isPlaced = (row: (typeof placed)[number]) => 'placed' in row
  const contenders = placed.flatMap((row, index) =>
    isPlaced(row) ? [{ index, key: keyOfReport(row.placed), dataVersion: row.placed.report.dataVersion }] : [],
  )
  const winners = batchWinners(contenders)
  const stored = await storeReports(
    tx,
    parts,
    [...winners.values()].map(index => (placed[index] as { placed: PlacedReport }).placed),
  )
  return placed.map((row, index) => {
    const { warnings } = judged[index]!
    if (!isPlaced(row)) return { outcome: 'REJECTED', caseId: null, problems: row.problems, warnings }
    const key = keyOfReport(row.placed)
    const result = stored.get(key)!
    if (result.outcome === 'REJECTED') return { ...result, caseId: null, warnings }
    const outcome = winners.get(key) === index ? result.outcome : 'UNCHANGED'
    return { outcome, caseId: result.caseId, problems: [], warnings }
  })
}
