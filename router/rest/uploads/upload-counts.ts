/** Where an upload stands and how many rows it has, as the REST door says it. */
export type UploadStanding = {
  uploadId: string
  state: 'RUNNING' | 'DONE' | 'FAILED'
  read: number
  accepted: number
  unchanged: number
  rejected: number
}

/** The fields of an upload of the graph that make a standing. */
export const uploadSelection = 'id state readCount acceptedCount unchangedCount rejectedCount'

export type UploadAnswer = {
  id: string
  state: UploadStanding['state']
  readCount: number
  acceptedCount: number
  unchangedCount: number
  rejectedCount: number
}

export function standingOf(upload: UploadAnswer): UploadStanding {
  const { id, state, readCount, acceptedCount, unchangedCount, rejectedCount } = upload
  return {
    uploadId: id,
    state,
    read: readCount,
    accepted: acceptedCount,
    unchanged: unchangedCount,
    rejected: rejectedCount,
  }
}

/** Where the rejected rows can be fetched, by the path of their kind; null when there are none. */
export function rejectedRowsOf(
  { uploadId, rejected }: UploadStanding,
  path: string,
): { csv: string; ndjson: string } | null {
  const base = `${path}/uploads/${uploadId}/rejected`
  return rejected === 0 ? null : { csv: `${base}.csv`, ndjson: `${base}.ndjson` }
}
