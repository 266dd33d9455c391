import { graphError } from '../../shared/graph-error.ts'
import type { EvaluationsContext } from '../context.ts'
import { readPictureAddress } from '../pictures/picture-address.ts'
import { pictureKey } from '../pictures/picture-store.ts'

/** A signed address in its parts, as the graph carries them; `size` is `thumb` for the thumbnail. */
export type SignedPicture = { id: string; until: string; signature: string; size?: string | null }

/**
 * The JPEG at a signed address (评价图片); null when the address is altered or has run out, and when the picture is gone.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function readPicture(
  { id, until, signature, size }: SignedPicture,
  { viewer, now, crypto, pictureStore }: EvaluationsContext,
): Promise<Buffer | null> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const suffix = size == null ? '' : `&size=${size}`
  const reading = readPictureAddress(`/pictures/${id}?until=${until}&sig=${signature}${suffix}`, now(), crypto.codeMac)
  return reading.ok ? pictureStore.get(pictureKey(reading.pictureId, reading.size)) : null
}
