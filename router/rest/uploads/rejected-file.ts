import { guardCell } from '../file/formula-guard.ts'
import { readObject } from '../file/ndjson-rows.ts'
import { isOwnColumn, type UploadColumns } from '../file/upload-columns.ts'
import { unreadText } from '../file/upload-row.ts'
import type { FieldProblem } from '../problem.ts'
import type { RejectedRow } from './upload-door.ts'

type RowObject = Record<string, unknown>

/** Writes rejected rows (退回行) as a file that can be corrected and sent again: the hub's own columns begin with `_` and are not read back. */
export type RejectedFile = {
  head(firstPage: readonly RejectedRow[]): string
  page(rows: readonly RejectedRow[]): string
}

/** As CSV with the columns of the uploaded file; a spreadsheet shows Chinese by the byte order mark and runs none of the cells. */
export function rejectedCsv(known: UploadColumns): RejectedFile {
  let columns: string[] = []
  return {
    head(firstPage) {
      columns = columnsOf(firstPage, known)
      return `\ufeff${csvLine([...columns, unreadText, '_line', '_problems'])}`
    },
    page: rows =>
      rows
        .map(({ lineNumber, raw, problems }) => {
          const row = readObject(raw)
          const cells = columns.map(column => cellOf(row?.[column]))
          return csvLine([...cells, unread(raw, row, columns), String(lineNumber), wordsOf(problems, row, known)])
        })
        .join(''),
  }
}

/** As NDJSON, each row with the keys it came with. */
export function rejectedNdjson(known: UploadColumns): RejectedFile {
  return {
    head: () => '',
    page: rows =>
      rows
        .map(({ lineNumber, raw, problems }) => {
          const row = readObject(raw)
          const kept = row ? ownLeftOut(row) : { [unreadText]: raw }
          return `${JSON.stringify({ ...kept, _line: lineNumber, _problems: wordsOf(problems, row, known) })}\n`
        })
        .join(''),
  }
}

/** All rows of a CSV file have the same columns; those of NDJSON have what the first page of them has. */
function columnsOf(rows: readonly RejectedRow[], { fields }: UploadColumns): string[] {
  const names = new Set(rows.flatMap(({ raw }) => Object.keys(readObject(raw) ?? {})))
  const columns = [...names].filter(name => !isOwnColumn(name))
  return columns.length > 0 ? columns : [...fields]
}

/** What a spreadsheet could not show in columns: the text of an unread row, or a row with keys or values that have no column. */
function unread(raw: string, row: RowObject | null, columns: readonly string[]): string {
  if (!row) return raw
  if (typeof row[unreadText] === 'string') return row[unreadText]
  const fits = ([name, value]: [string, unknown]) =>
    isOwnColumn(name) || (columns.includes(name) && (typeof value !== 'object' || value === null))
  return Object.entries(row).every(fits) ? '' : raw
}

const cellOf = (value: unknown) =>
  value === null || value === undefined ? '' : typeof value === 'object' ? '' : `${value}`

function ownLeftOut(row: RowObject): RowObject {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !isOwnColumn(name) || name === unreadText))
}

/** The problems as a person reads them, each with the column as the file names it. */
function wordsOf(problems: readonly FieldProblem[], row: RowObject | null, { fieldOfColumn }: UploadColumns): string {
  const columnOf = (path: string) => Object.keys(row ?? {}).find(name => fieldOfColumn(name) === path) ?? path
  return problems
    .map(({ path, message, messageEnglish }) =>
      path === 'row' ? `${message} (${messageEnglish})` : `${columnOf(path)}: ${message} (${messageEnglish})`,
    )
    .join('；')
}

const csvLine = (cells: readonly string[]) => `${cells.map(cell => quoted(guardCell(cell))).join(',')}\r\n`

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
