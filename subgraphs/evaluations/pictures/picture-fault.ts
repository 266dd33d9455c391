import { refusal } from '../../shared/error-catalogue.ts'
import { LEAST_SIDE, MOST_AVIF_PIXELS, MOST_BYTES, MOST_PIXELS } from './picture-limits.ts'

/** Why a picture (评价图片) is not taken; each names what is accepted. */
export type PictureFaultCode =
  | 'PICTURE_TYPE_UNKNOWN'
  | 'PICTURE_TOO_LARGE'
  | 'PICTURE_TOO_SMALL'
  | 'PICTURE_BROKEN'
  | 'PICTURES_BUSY'

export type PictureFault = { code: PictureFaultCode; zh: string; en: string }

const limits = {
  bytes: MOST_BYTES / 2 ** 20,
  tenThousands: MOST_PIXELS / 10_000,
  avifTenThousands: MOST_AVIF_PIXELS / 10_000,
  millions: MOST_PIXELS / 1_000_000,
  avifMillions: MOST_AVIF_PIXELS / 1_000_000,
  side: LEAST_SIDE,
}

/** The fault in the words of the error catalogue. */
export function pictureFault(code: PictureFaultCode): PictureFault {
  const { message, messageEnglish } = refusal(code, limits)
  return { code, zh: message, en: messageEnglish }
}
