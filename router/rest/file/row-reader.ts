import type { Line } from './lines.ts'
import type { UploadRow } from './upload-row.ts'

/** Makes rows of lines; throws a refusal when the file as a whole cannot be read. */
export type RowReader = {
  read(lines: readonly Line[]): UploadRow[]
  end(): UploadRow[]
  /** Names of columns or keys that are not known here and were left out so far. */
  ignoredColumns(): string[]
}
