import { caseColumns } from '../../router/rest/file/case-columns.ts'
import { openUploadFile } from '../../router/rest/file/upload-file.ts'
import type { UploadRow } from '../../router/rest/file/upload-row.ts'

type Format = Parameters<typeof openUploadFile>[1]

/** The rows that a file gives when it comes in these pieces. */
export function rowsOf(pieces: readonly (Buffer | string)[], format: Partial<Format> = {}): UploadRow[] {
  const file = openUploadFile(caseColumns, { format: 'csv', charset: null, ...format })
  return [...pieces.flatMap(piece => file.push(Buffer.from(piece))), ...file.end()]
}

/** Cuts bytes at these places, wherever they fall in a character. */
export function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}
