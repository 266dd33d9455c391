import type { FieldProblem } from '../problem.ts'

/** The fields of a row as they stand in it; what is not there has the default of the graph's input. */
export type RowFields = Record<string, string | number>

/** A row of an uploaded file on its way to the subgraph that takes it; without fields it could not be read. */
export type UploadRow = {
  lineNumber: number
  /** What is handed back when the row is rejected: a line of NDJSON as it stood, a line of CSV as a JSON object by its columns. */
  raw: string
  fields: RowFields | null
  problems: FieldProblem[]
}

/** Under this name `raw` carries a CSV line that could not be told into its columns. */
export const unreadText = '_raw'

const rowFaults = {
  ROW_TOO_LONG: ['一行最多 65536 个字符', 'a row has at most 65536 characters'],
  CHARACTER_UNREADABLE: [
    '含有无法识别的字符：文件应为 UTF-8 或 GB18030 编码',
    'contains characters that cannot be read: the file must be UTF-8 or GB18030',
  ],
  ROW_NOT_JSON: ['不是 JSON 对象：每行应为一个 {…}', 'is not a JSON object: each line must be one {…}'],
  QUOTE_BROKEN: [
    '引号不成对：含逗号或引号的单元格须以引号括起，内部引号写两次',
    'quotes do not match: enclose a cell with commas or quotes in quotes and double those inside',
  ],
} as const

/** A row that could not be read at all, and why. */
export function unreadableRow(lineNumber: number, raw: string, fault: keyof typeof rowFaults): UploadRow {
  const [message, messageEnglish] = rowFaults[fault]
  return { lineNumber, raw, fields: null, problems: [{ path: 'row', code: fault, message, messageEnglish }] }
}
