import { type FieldProblem, type RestRefusal, refuse } from '../problem.ts'
import { readCsvRecord } from './csv-record.ts'
import { isOwnColumn, type UploadColumns } from './upload-columns.ts'

/** A column of a CSV file; `isKept` when it is part of the rows, and handed back with those that are rejected. */
export type CsvColumn = { name: string; field: string | null; isKept: boolean }

/** Reads the header row. Throws a refusal that names each faulty column: two for one field, or none for a needed one. */
export function readCsvHeader(text: string, { needed, fieldOfColumn }: UploadColumns): CsvColumn[] {
  const cells = readCsvRecord(text)
  if (!Array.isArray(cells))
    throw refusedColumns([fault('header', 'QUOTE_BROKEN', '引号不成对', 'quotes do not match')])
  const columns = cells.map(cell => {
    const name = cell.trim()
    return { name, field: fieldOfColumn(name), isKept: name !== '' && !isOwnColumn(name) }
  })
  const problems = [...doubled(columns), ...missing(columns, needed)]
  if (problems.length > 0) throw refusedColumns(problems)
  return columns
}

/** The refusal of a file without any row. */
export const refusedEmptyFile = (): RestRefusal =>
  refusedColumns([fault('header', 'MISSING', '文件为空，缺少表头', 'the file is empty and has no header row')])

function doubled(columns: CsvColumn[]): FieldProblem[] {
  const kept = columns.filter(({ isKept }) => isKept)
  const isDoubled = ({ name, field }: CsvColumn, index: number) =>
    kept.slice(0, index).some(before => before.name === name || (field !== null && before.field === field))
  return kept
    .filter(isDoubled)
    .map(({ name }) =>
      fault(name.slice(0, 100), 'COLUMN_TWICE', '与前面的列重复，请只保留一列', 'repeats a column before it: keep one'),
    )
}

function missing(columns: CsvColumn[], needed: readonly string[]): FieldProblem[] {
  return needed
    .filter(wanted => columns.every(({ field }) => field !== wanted))
    .map(field => fault(field, 'COLUMN_MISSING', '缺少必需的列', 'is needed, but no column carries it'))
}

const fault = (path: string, code: string, message: string, messageEnglish: string): FieldProblem => ({
  path,
  code,
  message,
  messageEnglish,
})

const refusedColumns = (errors: FieldProblem[]) => refuse('UPLOAD_COLUMNS_REFUSED', {}, { errors })
