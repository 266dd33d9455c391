import { randomUUID } from 'node:crypto'
import { type ErrorCode, refusal } from '../../shared/error-catalogue.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { EvaluationsContext } from '../context.ts'
import { pictureFault } from '../pictures/picture-fault.ts'
import { MOST_BYTES } from '../pictures/picture-limits.ts'
import { pictureKey } from '../pictures/picture-store.ts'
import { reEncodePicture } from '../pictures/re-encode-picture.ts'
import { deleteUploads, insertUpload, waitingPictures } from '../store/uploaded-pictures.ts'
import { findPictureKeeper } from './find-picture-keeper.ts'

/** What became of an uploaded picture: `width` and `height` in pixels, or why it is not kept, with what is accepted. */
export type PictureKept =
  | { id: string; width: number; height: number }
  | { fault: { code: string; zh: string; en: string } }

const uploadScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Keeps an uploaded picture until its rating comes (上传图片), for a day: drawn anew, in both sizes. The token shows that whoever uploads
 * may rate; nothing is decoded before it was read and counted.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 * @throws PictureStoreFault when the bytes cannot be kept; nothing waits then
 */
export async function keepPicture(
  token: string,
  base64: string,
  context: Pick<EvaluationsContext, 'database' | 'crypto' | 'now' | 'viewer' | 'pictureStore'>,
): Promise<PictureKept> {
  if (context.viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const { database, pictureStore, now } = context
  const keeper = await findPictureKeeper(token, context)
  if (!keeper) return faultOf('CODE_INVALID')
  const { keepers, most } = keeper
  const waiting = await database.inScope(uploadScope, tx => waitingPictures(tx, keepers))
  if (waiting >= most) return faultOf('PICTURES_WAITING')
  if (base64.length > (MOST_BYTES / 3 + 1) * 4) return { fault: pictureFault('PICTURE_TOO_LARGE') }
  const drawn = await reEncodePicture(Buffer.from(base64, 'base64'))
  if (!drawn.ok) return { fault: drawn.fault }

  const { bytes, thumbnail, width, height, sha256 } = drawn.picture
  // A random id: one with a time in it would tell the minute of an anonymous rating.
  const id = randomUUID()
  const picture = { id, keeper: keepers[0]!, width, height, byteCount: bytes.length, sha256, uploadedAt: now() }
  const isKept = await database.inScope(uploadScope, tx => insertUpload(tx, picture, keepers, most))
  if (!isKept) return faultOf('PICTURES_WAITING')
  try {
    await pictureStore.put(pictureKey(id, 'FULL'), bytes)
    await pictureStore.put(pictureKey(id, 'THUMBNAIL'), thumbnail)
  } catch (error) {
    await database.inScope(uploadScope, tx => deleteUploads(tx, [id]))
    throw error
  }
  return { id, width, height }
}

function faultOf(code: ErrorCode): PictureKept {
  const { message, messageEnglish } = refusal(code)
  return { fault: { code, zh: message, en: messageEnglish } }
}
