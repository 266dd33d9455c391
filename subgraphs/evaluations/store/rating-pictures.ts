import type { Transaction } from '../../shared/database.ts'
import type { PlacementColumns } from '../../shared/placement-columns.ts'
import type { RatedSubject } from '../domain/rated-subject.ts'
import type { RatingRow } from './rating-rows.ts'

/** Which rating: what was rated, for the how many-th time. */
export type PicturedRating = Pick<RatedSubject, 'cityCode' | 'subjectId' | 'serviceNumber'> & { round: number }

/** Where a rating lies, as its pictures repeat it. */
export type PicturedRow = Pick<RatingRow, 'id' | 'city_code' | 'case_id'> & PlacementColumns

/** A picture (评价图片) that a rating may carry; its bytes lie in the picture store. */
export type TakenPicture = { id: string; width: number; height: number; byteCount: number; sha256: string }

// Uploads are swept after a day: one about to be swept is not taken any more.
const TAKEN_MS = 23 * 3_600_000

/**
 * Those of these pictures that may go with this rating: uploaded by one of the keepers and still waiting, or kept with that very
 * rating before, so that a repeat finds its own again. By id; others are left out.
 */
export async function takeablePictures(
  { query }: Transaction,
  ids: readonly string[],
  keepers: readonly string[],
  key: PicturedRating,
  now: Date,
): Promise<Map<string, TakenPicture>> {
  const rows = await query<TakenPicture>(
    `select id, width, height, byte_count as "byteCount", sha256 from evaluations.uploaded_pictures
     where id = any($1::uuid[]) and keeper = any($2::text[]) and uploaded_at > $7
     union all
     select p.id, p.width, p.height, p.byte_count, p.sha256 from evaluations.evaluation_pictures p
     join evaluations.evaluation_keys k on k.evaluation_id = p.evaluation_id
     where p.id = any($1::uuid[]) and k.city_code = $3 and k.subject_id = $4 and k.service_number = $5 and k.round = $6`,
    [ids, keepers, key.cityCode, key.subjectId, key.serviceNumber, key.round, new Date(now.getTime() - TAKEN_MS)],
  )
  return new Map(rows.map(row => [row.id, row]))
}

/**
 * Claims waiting pictures for the transaction, whose commit or end another one waits for; answers those that are still there. To be done
 * before anything else is written, so that two never wait for each other.
 */
export async function claimPictures({ query }: Transaction, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await query<{ id: string }>(
    `select id from evaluations.uploaded_pictures where id = any($1::uuid[]) order by id for update`,
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Ties uploaded pictures to the ratings that were just written, in their order; they wait no longer. */
export async function keepPictures(
  { query }: Transaction,
  kept: readonly { row: PicturedRow; pictures: readonly TakenPicture[] }[],
): Promise<void> {
  const rows = kept.flatMap(({ row, pictures }) =>
    pictures.map(({ id, width, height, byteCount, sha256 }, index) => {
      const { city_code, case_id, region_path, department_id, line_id, hall_id, window_id, staff_member_id } = row
      const placed = { region_path, department_id, line_id, hall_id, window_id, staff_member_id }
      const shown = { id, evaluation_id: row.id, place: index + 1, width, height, byte_count: byteCount, sha256 }
      return { ...shown, case_id, city_code, ...placed }
    }),
  )
  if (rows.length === 0) return
  await query(
    `with given as (
       select * from json_populate_recordset(null::evaluations.evaluation_pictures, $1::json)
     ), waiting as (
       delete from evaluations.uploaded_pictures where id in (select id from given)
     )
     insert into evaluations.evaluation_pictures select * from given`,
    [JSON.stringify(rows)],
  )
}
