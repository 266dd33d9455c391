import { type CsvColumn, readCsvHeader, refusedEmptyFile } from './csv-header.ts'
import { readCsvRecord } from './csv-record.ts'
import { unguardCell } from './formula-guard.ts'
import { createIgnoredColumns } from './ignored-columns.ts'
import { longestLineBytes } from './line-blocks.ts'
import type { Line } from './lines.ts'
import { readRowFields } from './row-fields.ts'
import type { RowReader } from './row-reader.ts'
import type { UploadColumns } from './upload-columns.ts'
import { type UploadRow, unreadableRow, unreadText } from './upload-row.ts'

/** A quoted cell ends within so many lines, or its quote was a slip of the pen. */
const mostLinesOfRecord = 20

/**
 * Reads a CSV file line by line. A quote that never ends, or after which the record does not fit the header, costs the line where it
 * stands: reading goes on with the next one.
 */
export function createCsvRows(known: UploadColumns): RowReader {
  let columns: CsvColumn[] | null = null
  let open: Line[] = []
  let rows: UploadRow[] = []
  const ignored = createIgnoredColumns()

  function readLine(line: Line): void {
    if (!columns) readHeader(line)
    else if (line.isCut) {
      while (open.length > 0) giveUpFirst()
      rows.push(unreadable(line, 'ROW_TOO_LONG'))
    } else addToRecord(line)
  }

  function readHeader({ text }: Line): void {
    if (text.trim() === '') return
    columns = readCsvHeader(text, known)
    for (const { name, field, isKept } of columns) if (isKept && !field) ignored.add(name)
  }

  function addToRecord(line: Line): void {
    open.push(line)
    const isTooMuch = open.length >= mostLinesOfRecord
    if (open.length > 1 && !isTooMuch && !line.text.includes('"')) return
    const text = open.length === 1 ? line.text : open.map(part => part.text).join('\n')
    const cells = readCsvRecord(text)
    if (cells === 'OPEN' && !isTooMuch && text.length <= longestLineBytes) return
    if (Array.isArray(cells) && (open.length === 1 || cells.length === columns!.length)) {
      const lineNumber = open[0]!.number
      open = []
      addRow(lineNumber, text, cells)
    } else giveUpFirst()
  }

  function giveUpFirst(): void {
    const [first, ...others] = open
    open = []
    rows.push(unreadable(first!, 'QUOTE_BROKEN'))
    for (const line of others) addToRecord(line)
  }

  function addRow(lineNumber: number, text: string, cells: string[]): void {
    if (cells.every(cell => cell.trim() === '')) return
    if (text.includes('\ufffd')) {
      rows.push(unreadable({ number: lineNumber, text }, 'CHARACTER_UNREADABLE'))
      return
    }
    const kept: Record<string, string> = {}
    const values: [string, string][] = []
    columns!.forEach(({ name, field, isKept }, index) => {
      if (!isKept) return
      const cell = unguardCell(cells[index] ?? '')
      kept[name] = cell
      if (field) values.push([field, cell])
    })
    if (cells.length === columns!.length)
      rows.push({ lineNumber, raw: JSON.stringify(kept), ...readRowFields(values, known) })
    else rows.push(wrongCount(lineNumber, JSON.stringify({ ...kept, [unreadText]: text }), cells.length))
  }

  function unreadable({ number, text }: Pick<Line, 'number' | 'text'>, fault: Parameters<typeof unreadableRow>[2]) {
    const empty = columns!.filter(({ isKept }) => isKept).map(({ name }) => [name, ''])
    return unreadableRow(number, JSON.stringify({ ...Object.fromEntries(empty), [unreadText]: text }), fault)
  }

  function wrongCount(lineNumber: number, raw: string, count: number): UploadRow {
    const expected = columns!.length
    const problem = {
      path: 'row',
      code: 'COLUMN_COUNT',
      message: `应有 ${expected} 列，收到 ${count} 列：含逗号的单元格须以引号括起`,
      messageEnglish: `must have ${expected} cells as the header has, ${count} were found: enclose cells with commas in quotes`,
    }
    return { lineNumber, raw, fields: null, problems: [problem] }
  }

  function takeRows(): UploadRow[] {
    const taken = rows
    rows = []
    return taken
  }

  return {
    read(lines) {
      for (const line of lines) readLine(line)
      return takeRows()
    },
    end() {
      while (open.length > 0) giveUpFirst()
      if (!columns) throw refusedEmptyFile()
      return takeRows()
    },
    ignoredColumns: ignored.list,
  }
}
