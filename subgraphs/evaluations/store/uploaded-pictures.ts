import type { Transaction } from '../../shared/database.ts'
import type { TakenPicture } from './rating-pictures.ts'

/** A picture that waits for its rating (待提交图片). */
export type UploadedPicture = TakenPicture & { keeper: string; uploadedAt: Date }

/** How many pictures wait under these names. */
export async function waitingPictures({ query }: Transaction, keepers: readonly string[]): Promise<number> {
  const [row] = await query<{ waiting: number }>(
    `select count(*)::int as waiting from evaluations.uploaded_pictures where keeper = any($1::text[])`,
    [keepers],
  )
  return row!.waiting
}

/** Lets a picture wait, unless `most` wait already under its keeper's names; false then. Uploads of one keeper are counted one after the other. */
export async function insertUpload(
  transaction: Transaction,
  picture: UploadedPicture,
  keepers: readonly string[],
  most: number,
): Promise<boolean> {
  const { query } = transaction
  await query(`select pg_advisory_xact_lock(hashtextextended('uploaded-picture/' || $1, 0))`, [picture.keeper])
  if ((await waitingPictures(transaction, keepers)) >= most) return false
  const { id, keeper, width, height, byteCount, sha256, uploadedAt } = picture
  await query(
    `insert into evaluations.uploaded_pictures (id, keeper, width, height, byte_count, sha256, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, keeper, width, height, byteCount, sha256, uploadedAt],
  )
  return true
}

/** Pictures that were uploaded before then and never handed in, the oldest first. */
export async function uploadsBefore({ query }: Transaction, before: Date, most: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `select id from evaluations.uploaded_pictures where uploaded_at < $1 order by uploaded_at limit $2`,
    [before, most],
  )
  return rows.map(({ id }) => id)
}

export async function deleteUploads({ query }: Transaction, ids: readonly string[]): Promise<void> {
  await query(`delete from evaluations.uploaded_pictures where id = any($1::uuid[])`, [ids])
}
