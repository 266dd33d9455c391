import type { UploadRow } from '../file/upload-row.ts'
import { patiently } from './patience.ts'
import type { UploadStanding } from './upload-counts.ts'
import type { UploadDoor } from './upload-door.ts'

/** Rows from this line on were not taken, and why. */
export class HandOverFault extends Error {
  readonly line: number

  constructor(line: number, cause: unknown) {
    super(`no row from line ${line} on was taken`, { cause })
    this.line = line
  }
}

/**
 * Hands batches to the subgraph that takes them one after the other, in the order of the file, so that what was taken is always a beginning of
 * it and a later version of a case is never overtaken by an earlier one. Batches are numbered: whether one was committed before its answer was
 * lost, the subgraph knows.
 */
export function createHandOver(options: {
  door: UploadDoor
  uploadId: string
  waits: readonly number[]
  signal: AbortSignal
}) {
  const { door, uploadId, waits, signal } = options
  let standing: UploadStanding = { uploadId, state: 'RUNNING', read: 0, accepted: 0, unchanged: 0, rejected: 0 }
  let taken = 0

  async function take(rows: readonly UploadRow[]): Promise<UploadStanding> {
    const number = taken + 1
    const attempt = () => door.take(uploadId, number, rows)
    standing = await patiently(attempt, { waits, signal }).catch(error => {
      throw new HandOverFault(rows[0]!.lineNumber, error)
    })
    taken = number
    return standing
  }

  return { take, standing: () => standing }
}
