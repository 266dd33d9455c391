import { createCsvRows } from './csv-rows.ts'
import { createLineBlocks, type LineBlock } from './line-blocks.ts'
import { createLines } from './lines.ts'
import { createNdjsonRows } from './ndjson-rows.ts'
import { type Charset, createTextBlocks, type TextBlock } from './text-blocks.ts'
import type { UploadColumns } from './upload-columns.ts'
import type { UploadRow } from './upload-row.ts'

export type FileFormat = { format: 'csv' | 'ndjson'; charset: Charset | null }

export type UploadFile = {
  /** The rows that these bytes complete. */
  push(chunk: Buffer): UploadRow[]
  end(): UploadRow[]
  ignoredColumns(): string[]
}

/** Reads an uploaded file (上传文件) as its bytes come, holding no more than what belongs together: bytes → lines → text → rows. */
export function openUploadFile(columns: UploadColumns, { format, charset }: FileFormat): UploadFile {
  const blocks = createLineBlocks()
  const texts = createTextBlocks(charset)
  const lines = createLines()
  const rows = format === 'csv' ? createCsvRows(columns) : createNdjsonRows(columns)
  const readText = (text: TextBlock) => rows.read(lines.of(text))
  const readBlock = (block: LineBlock) => texts.push(block).flatMap(readText)
  return {
    push: chunk => blocks.push(chunk).flatMap(readBlock),
    end: () => [...blocks.end().flatMap(readBlock), ...texts.end().flatMap(readText), ...rows.end()],
    ignoredColumns: rows.ignoredColumns,
  }
}
