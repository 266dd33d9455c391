import { fileURLToPath } from 'node:url'
import { StartRefusal } from '../../shared/start-refusal.ts'
import { openDiskStore } from './disk-store.ts'
import type { PictureStore } from './picture-store.ts'
import { readS3Address } from './s3-address.ts'
import { openS3Store } from './s3-store.ts'

/**
 * Opens the store that `PICTURES_URL` names (图片存储): `file:` a directory, `s3:` a bucket.
 *
 * @throws StartRefusal when the address is none or the directory cannot be written
 */
export async function openPictureStore(picturesUrl: string, now: Date): Promise<PictureStore> {
  try {
    if (picturesUrl.startsWith('s3:')) return openS3Store(readS3Address(picturesUrl))
    return await openDiskStore(fileURLToPath(picturesUrl), now)
  } catch (error) {
    const { message } = error as Error
    throw new StartRefusal(
      'PICTURES_UNUSABLE',
      `无法使用图片存储 PICTURES_URL：${message}`,
      `The picture store of PICTURES_URL cannot be used: ${message}`,
    )
  }
}
