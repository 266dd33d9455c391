import type { UploadRow } from '../file/upload-row.ts'
import type { CasesDoor } from './cases-door.ts'
import { patiently } from './patience.ts'
import type { UploadStanding } from './upload-counts.ts'

/** Rows from this line on were not taken, and why. */
export class HandOverFault extends Error {
  readonly line: number

  constructor(line: number, cause: unknown) {
    super(`no row from line ${line} on was taken`, { cause })
    this.line = line
  }
}

/**
 * Hands batches to the cases subgraph one after the other, in the order of the file, so that what was taken is always a beginning of
 * it and a later version of a case is never overtaken by an earlier one.
 */
export function createHandOver(options: {
  door: CasesDoor
  uploadId: string
  waits: readonly number[]
  signal: AbortSignal
}) {
  const { door, uploadId, waits, signal } = options
  let standing: UploadStanding = { uploadId, state: 'RUNNING', read: 0, accepted: 0, unchanged: 0, rejected: 0 }

  async function take(rows: readonly UploadRow[]): Promise<UploadStanding> {
    const before = standing.read
    const attempt = async (isRepeat: boolean) => {
      // The answer may have been lost after the batch was committed: counts and rows commit together, so they tell.
      const known = isRepeat ? await door.read(uploadId) : null
      return known?.read === before + rows.length ? known : door.take(uploadId, rows)
    }
    standing = await patiently(attempt, { waits, signal }).catch(error => {
      throw new HandOverFault(rows[0]!.lineNumber, error)
    })
    return standing
  }

  return { take, standing: () => standing }
}
