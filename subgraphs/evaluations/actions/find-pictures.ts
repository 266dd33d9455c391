import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import type { Problem } from '../domain/problem.ts'
import { pictureUnknown } from '../domain/submission.ts'
import { type PicturedRating, type TakenPicture, takeablePictures } from '../store/rating-pictures.ts'

const uploadScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * The uploaded pictures (待提交图片) that are to go with a rating, in the order of their ids; a problem for each that was not
 * uploaded by one of the keepers. A repeat finds the pictures of the rating that was kept.
 */
export async function findPictures(
  ids: readonly string[],
  keepers: readonly string[],
  rating: PicturedRating,
  { database, now }: Pick<EvaluationsContext, 'database' | 'now'>,
): Promise<{ pictures: TakenPicture[]; problems: Problem[] }> {
  if (ids.length === 0) return { pictures: [], problems: [] }
  const wanted = ids.map(id => id.toLowerCase())
  const found = await database.inScope(uploadScope, tx =>
    takeablePictures(tx, wanted.filter(isId), keepers, rating, now()),
  )
  return {
    pictures: wanted.flatMap(id => found.get(id) ?? []),
    problems: wanted.flatMap((id, index) => (found.has(id) ? [] : pictureUnknown(index))),
  }
}
