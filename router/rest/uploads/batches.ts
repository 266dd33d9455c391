import type { UploadRow } from '../file/upload-row.ts'

/** Most rows that a subgraph takes at once (decision 11). */
const mostRows = 500
/** Most text of a batch, characters: with its fields it stays below the 8 MiB that a subgraph reads, even of three-byte characters. */
const mostCharacters = 800_000

/** Gathers rows into batches; rows before `fromLine` were dealt with by an earlier upload of the same file and are left out. */
export function createBatches(fromLine: number): {
  add(rows: readonly UploadRow[]): UploadRow[][]
  rest(): UploadRow[]
} {
  let batch: UploadRow[] = []
  let characters = 0
  return {
    add(rows) {
      const full: UploadRow[][] = []
      for (const row of rows) {
        if (row.lineNumber < fromLine) continue
        batch.push(row)
        characters += row.raw.length
        if (batch.length < mostRows && characters < mostCharacters) continue
        full.push(batch)
        batch = []
        characters = 0
      }
      return full
    },
    rest: () => batch,
  }
}
