import type { FastifyRequest } from 'fastify'
import { readPostedForm } from '../serving/form-body.ts'
import type { PagesContext } from '../serving/pages-context.ts'
import { type RatingDraft, readDraft } from './rating-draft.ts'

/** A picture that was not taken: what the person calls it, and why, in both languages. */
export type PictureRefusal = { name: string; zh: string; en: string }

/** Most pictures of one rating (评价图片). */
export const mostPictures = 5

const notNow = {
  zh: '图片暂时无法上传，评价可以先提交',
  en: 'Pictures cannot be taken now; the rating itself can be handed in',
}
const tooMany = {
  zh: `最多 ${mostPictures} 张图片，这张没有上传`,
  en: `At most ${mostPictures} pictures; this one was not taken`,
}

/**
 * Reads a posted rating. Pictures that came along, as a browser without JavaScript sends them, are kept and stand in the draft by their ids.
 *
 * @param keeperOf says under what they are kept: the code, or the receipt number of the form
 */
export async function readPostedRating(
  request: FastifyRequest,
  context: PagesContext,
  keeperOf: (fields: URLSearchParams) => string,
): Promise<{ fields: URLSearchParams; draft: RatingDraft; refusedPictures: PictureRefusal[] }> {
  const kept: string[] = []
  const refusedPictures: PictureRefusal[] = []
  const fields = await readPostedForm(request, async ({ name, bytes }, before) => {
    if (readDraft(before).pictures.length + kept.length >= mostPictures) {
      refusedPictures.push({ name, ...tooMany })
      return
    }
    const picture = (await context.keepPicture(keeperOf(before), bytes)) ?? { fault: notNow }
    if ('fault' in picture) refusedPictures.push({ name, zh: picture.fault.zh, en: picture.fault.en })
    else kept.push(picture.id)
  })
  for (const id of kept) fields.append('picture', id)
  return { fields, draft: readDraft(fields), refusedPictures }
}
