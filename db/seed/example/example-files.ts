import { type CaseReport, caseReportFields } from './case-report.ts'
import { makeExampleRows } from './example-rows.ts'

/** The example files (示例文件) by name: CSV in UTF-8 with a byte order mark, as spreadsheets write it, and NDJSON. */
export function makeExampleFiles(): Record<'cases.csv' | 'cases.ndjson', string> {
  const rows = makeExampleRows().map(({ row }) => row)
  return { 'cases.csv': `\ufeff${csv(rows)}`, 'cases.ndjson': ndjson(rows) }
}

function csv(rows: readonly CaseReport[]): string {
  const lines = rows.map(row => caseReportFields.map(field => quoted(row[field])).join(','))
  return `${[caseReportFields.join(','), ...lines].join('\n')}\n`
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function ndjson(rows: readonly CaseReport[]): string {
  return rows.map(row => `${JSON.stringify(present(row))}\n`).join('')
}

// A field that `CaseReportInput` requires stays, though it is empty: without it the graph would refuse the whole batch.
const required: readonly string[] = ['caseNumber', 'regionCode', 'serviceCode', 'state', 'applicantName']

function present(row: CaseReport): Record<string, string | number> {
  const given = Object.entries(row).filter(([field, value]) => value !== '' || required.includes(field))
  return { ...Object.fromEntries(given), dataVersion: Number(row.dataVersion) }
}
