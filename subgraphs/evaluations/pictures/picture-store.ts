import type { PictureSize } from './picture-address.ts'

/**
 * Where the bytes of pictures are kept (图片存储), apart from the database. Keys come from `pictureKey`; any other text is
 * a RangeError before anything is touched. What cannot be done throws PictureStoreFault.
 */
export type PictureStore = {
  /** Kept for good once it resolves; the same key again replaces, readers see the old bytes or the new ones. */
  put(key: string, bytes: Uint8Array): Promise<void>
  /** Null when there is no such picture. */
  get(key: string): Promise<Buffer | null>
  /** Done as well when there was none. */
  delete(key: string): Promise<void>
}

/** UNREACHABLE: no answer, or none but 5xx, after all attempts. REFUSED: the store answered and will not. */
export class PictureStoreFault extends Error {
  override readonly name = 'PictureStoreFault'
  readonly code: 'PICTURE_STORE_UNREACHABLE' | 'PICTURE_STORE_REFUSED'

  constructor(code: PictureStoreFault['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.thumb)?$/

/** The key of one size of a picture: its id, with `.thumb` for the thumbnail. */
export function pictureKey(pictureId: string, size: PictureSize): string {
  return requirePictureKey(size === 'THUMBNAIL' ? `${pictureId}.thumb` : pictureId)
}

/** The key itself; throws RangeError for a text that is none, such as one with a path in it. */
export function requirePictureKey(key: string): string {
  if (!KEY.test(key)) throw new RangeError('a picture key is a lower-case UUID, with .thumb for a thumbnail')
  return key
}
