import { createIgnoredColumns } from './ignored-columns.ts'
import type { Line } from './lines.ts'
import { readRowFields } from './row-fields.ts'
import type { RowReader } from './row-reader.ts'
import { isOwnColumn, type UploadColumns } from './upload-columns.ts'
import { type UploadRow, unreadableRow } from './upload-row.ts'

/** Reads NDJSON: each line is one object with the fields of a row, blank lines count for nothing. */
export function createNdjsonRows(known: UploadColumns): RowReader {
  const ignored = createIgnoredColumns()

  function readLine({ number, text, isCut }: Line): UploadRow[] {
    if (text.trim() === '') return []
    if (isCut) return [unreadableRow(number, text, 'ROW_TOO_LONG')]
    if (text.includes('\ufffd')) return [unreadableRow(number, text, 'CHARACTER_UNREADABLE')]
    const row = readObject(text)
    if (!row) return [unreadableRow(number, text, 'ROW_NOT_JSON')]
    const values: [string, unknown][] = []
    for (const [key, value] of Object.entries(row)) {
      const field = known.fieldOfColumn(key)
      if (field) values.push([field, value])
      else if (!isOwnColumn(key)) ignored.add(key)
    }
    return [{ lineNumber: number, raw: text, ...readRowFields(values, known) }]
  }

  return { read: lines => lines.flatMap(readLine), end: () => [], ignoredColumns: ignored.list }
}

/** The object that a text is in JSON; null for anything else. */
export function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
