import { createHash } from 'node:crypto'
import sharp, { type Sharp } from 'sharp'
import { essentialParts } from './essential-parts.ts'
import { type PictureFault, pictureFault } from './picture-fault.ts'
import { pictureFormat } from './picture-format.ts'
import { KEPT_SIDE, LEAST_SIDE, MOST_AVIF_PIXELS, MOST_BYTES, MOST_PIXELS, THUMBNAIL_SIDE } from './picture-limits.ts'
import { createTurns } from './turns.ts'

/**
 * A picture as it is kept (评价图片): sRGB JPEG of at most 1600 pixels a side, upright, nothing in it but pixels; the
 * thumbnail likewise, at most 320. `sha256` is of `bytes`, in hexadecimal.
 */
export type KeptPicture = { bytes: Buffer; width: number; height: number; thumbnail: Buffer; sha256: string }

export type ReEncoding = { ok: true; picture: KeptPicture } | { ok: false; fault: PictureFault }

// libvips may use one core and remembers nothing; one picture at a time leaves the other cores, and the pool that password
// hashes and files share, to ratings. Twenty waiting uploads hold 200 MB at the most.
sharp.concurrency(1)
sharp.cache(false)
const turns = createTurns({ atOnce: 1, mostWaiting: 20 })

const JPEG_QUALITY = 80
const MOST_SECONDS = 30

/**
 * Draws an uploaded picture anew, judged by its content alone: whatever else the file carried (GPS, owner's name, a
 * second file behind the image) is gone. Of a moving picture the first frame stays, transparency becomes white. Faults
 * are answers, never thrown.
 */
export async function reEncodePicture(bytes: Buffer): Promise<ReEncoding> {
  if (bytes.length > MOST_BYTES) return refused('PICTURE_TOO_LARGE')
  if (!pictureFormat(bytes)) return refused('PICTURE_TYPE_UNKNOWN')
  return (await turns.take(() => drawAnew(bytes))) ?? refused('PICTURES_BUSY')
}

async function drawAnew(bytes: Buffer): Promise<ReEncoding> {
  const format = pictureFormat(bytes)!
  const parts = essentialParts(bytes, format)
  try {
    const header = await sharp(parts, { limitInputPixels: false }).metadata()
    const isAsItBegins = header.format === (format === 'AVIF' ? 'heif' : format.toLowerCase())
    if (!isAsItBegins) return refused('PICTURE_TYPE_UNKNOWN')
    if (header.width * header.height > (format === 'AVIF' ? MOST_AVIF_PIXELS : MOST_PIXELS))
      return refused('PICTURE_TOO_LARGE')
    if (Math.min(header.width, header.height) < LEAST_SIDE) return refused('PICTURE_TOO_SMALL')
    return { ok: true, picture: await keep(parts) }
  } catch {
    return refused('PICTURE_BROKEN')
  }
}

async function keep(parts: Buffer): Promise<KeptPicture> {
  // 'error' refuses cut-off and damaged pixels; 'warning' would also refuse photos of phones with careless headers.
  const upright = sharp(parts, { autoOrient: true, failOn: 'error', limitInputPixels: MOST_PIXELS })
  const { data, info } = await within(upright, KEPT_SIDE)
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .timeout({ seconds: MOST_SECONDS })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const pixels = () => sharp(data, { raw: { width, height, channels } })
  const encoded = await pixels().jpeg({ quality: JPEG_QUALITY }).toBuffer()
  const thumbnail = await within(pixels(), THUMBNAIL_SIDE).jpeg({ quality: JPEG_QUALITY }).toBuffer()
  return { bytes: encoded, width, height, thumbnail, sha256: createHash('sha256').update(encoded).digest('hex') }
}

function within(image: Sharp, side: number): Sharp {
  return image.resize(side, side, { fit: 'inside', withoutEnlargement: true })
}

function refused(code: PictureFault['code']): ReEncoding {
  return { ok: false, fault: pictureFault(code) }
}
