import { recordEvents } from '../../../db/outbox.ts'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import { newId } from '../../shared/uuid.ts'
import { factsOfReport } from '../domain/case-facts.ts'
import { outOfScope, type PlacedReport } from '../domain/case-placement.ts'
import { claimCaseKeys, keyText, raiseKeyVersions } from '../store/case-keys.ts'
import { insertCases, type StoredCase, statesOfCases, updateCases, upsertApplicants } from '../store/case-writes.ts'
import { withoutRowFault } from '../store/row-fault.ts'
import { sealApplicant } from '../store/sealed-applicant.ts'

export type StoredOutcome =
  | { outcome: 'CREATED' | 'UPDATED' | 'UNCHANGED'; caseId: string }
  | { outcome: 'REJECTED'; problems: InputProblem[] }

export type StoringParts = { crypto: CryptoPort; now: Date; sourceSystem: string }

export const keyOfReport = ({ region, report }: PlacedReport) =>
  keyText({ cityCode: region.cityCode, caseNumber: report.caseNumber })

/**
 * Stores reports with their applicants and facts, no two of the same case, all in a few statements. Should the database refuse one
 * of them after all, they are stored row by row and only that row is rejected.
 */
export async function storeReports(
  tx: Transaction,
  parts: StoringParts,
  reports: readonly PlacedReport[],
): Promise<Map<string, StoredOutcome>> {
  if (reports.length === 0) return new Map()
  const together = await withoutRowFault(tx, () => storeTogether(tx, parts, reports))
  if (together) return together
  const outcomes = new Map<string, StoredOutcome>()
  for (const report of reports) {
    const alone = await withoutRowFault(tx, () => storeTogether(tx, parts, [report]))
    outcomes.set(keyOfReport(report), alone?.get(keyOfReport(report)) ?? notStored)
  }
  return outcomes
}

const notStored: StoredOutcome = {
  outcome: 'REJECTED',
  problems: [
    inputProblem(
      'caseNumber',
      'ROW_NOT_STORED',
      '数据库拒绝保存该行，请核对各字段；仍不成功请联系管理员',
      'the database refused this row: compare its fields, and tell the administrator if it stays so',
    ),
  ],
}

const probeForGood = inputProblem(
  'isProbe',
  'PROBE_FOR_GOOD',
  '办件是否为探测办件在首次上报时确定，不能更改',
  'whether a case is a probe is settled by its first report',
)

async function storeTogether(tx: Transaction, parts: StoringParts, reports: readonly PlacedReport[]) {
  const claims = reports.map(report => claimOf(report, parts.now))
  const holders = await claimCaseKeys(tx, claims)
  const existing = [...holders.values()].filter(holder => !holder.isNew)
  const before = await statesOfCases(
    tx,
    existing.map(holder => holder.caseId),
  )
  const outcomes = new Map<string, StoredOutcome>()
  const created: StoredCase[] = []
  const updated: StoredCase[] = []
  for (const report of reports) {
    const key = keyOfReport(report)
    const { caseId, isNew, storedVersion } = holders.get(key)!
    if (!isNew && !before.has(caseId)) {
      outcomes.set(key, { outcome: 'REJECTED', problems: [outOfScope('caseNumber', '该办件', 'the case')] })
    } else if (!isNew && report.report.dataVersion <= storedVersion) {
      outcomes.set(key, { outcome: 'UNCHANGED', caseId })
    } else if (!isNew && before.get(caseId)!.isProbe !== report.report.isProbe) {
      outcomes.set(key, { outcome: 'REJECTED', problems: [probeForGood] })
    } else {
      outcomes.set(key, { outcome: isNew ? 'CREATED' : 'UPDATED', caseId })
      const rows = isNew ? created : updated
      rows.push(storedCase(report, caseId, parts))
    }
  }
  await insertCases(tx, created)
  await updateCases(tx, updated)
  await upsertApplicants(tx, [...created, ...updated])
  await raiseKeyVersions(
    tx,
    updated.map(row => ({ ...claimOf(row, parts.now), caseId: row.caseId })),
  )
  await recordEvents(
    tx,
    'cases',
    [...created, ...updated].flatMap(placed => {
      const { caseId, sourceSystem } = placed
      const stateBefore = before.get(caseId) ?? null
      const reportedAt = stateBefore?.reportedAt ?? parts.now
      return factsOfReport({ placed, caseId, sourceSystem, reportedAt, before: stateBefore, now: parts.now })
    }),
  )
  return outcomes
}

// The id carries the time of the case, so that a case of the past lies in its month's partition.
function claimOf({ region, report }: PlacedReport, now: Date) {
  const happenedAt = report.acceptedAt ?? report.closedAt ?? now
  return {
    cityCode: region.cityCode,
    caseNumber: report.caseNumber,
    caseId: newId(Math.min(happenedAt.getTime(), now.getTime())),
    dataVersion: report.dataVersion,
  }
}

function storedCase(placed: PlacedReport, caseId: string, { crypto, now, sourceSystem }: StoringParts): StoredCase {
  return {
    ...placed,
    caseId,
    sourceSystem,
    storedAt: now,
    applicant: sealApplicant(crypto, placed.report.applicant),
  }
}
