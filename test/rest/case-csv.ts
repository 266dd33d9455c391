import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { caseRow } from '../kit/case-rows.ts'

const columns = Object.keys(caseRow(1)) as (keyof CaseReportRow)[]

/** The header of `csvOf`, with its line end. */
export const csvHeader = `${columns.join(',')}\n`

/** A case as a line of CSV, with its line end; its values need no quotes. */
export const csvLineOf = (row: CaseReportRow): string => `${columns.map(column => row[column] ?? '').join(',')}\n`

/** Cases as a CSV file. */
export const csvOf = (rows: readonly CaseReportRow[]): string => csvHeader + rows.map(csvLineOf).join('')
