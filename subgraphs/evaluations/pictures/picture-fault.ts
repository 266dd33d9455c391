import { LEAST_SIDE, MOST_AVIF_PIXELS, MOST_BYTES, MOST_PIXELS } from './picture-limits.ts'

/** Why a picture (评价图片) is not taken; each names what is accepted. */
export const pictureFaults = {
  PICTURE_TYPE_UNKNOWN: {
    zh: '只收 JPEG、PNG、WebP、AVIF 图片；HEIC 等其他格式请先转为 JPEG',
    en: 'Pictures are accepted as JPEG, PNG, WebP or AVIF; turn HEIC and other formats into JPEG first',
  },
  PICTURE_TOO_LARGE: {
    zh: `每张图片不超过 ${MOST_BYTES / 2 ** 20} MB、${MOST_PIXELS / 10_000} 万像素（AVIF ${MOST_AVIF_PIXELS / 10_000} 万像素）`,
    en: `A picture may have up to ${MOST_BYTES / 2 ** 20} MB and ${MOST_PIXELS / 1_000_000} megapixels (AVIF: ${MOST_AVIF_PIXELS / 1_000_000})`,
  },
  PICTURE_TOO_SMALL: {
    zh: `图片的宽和高都应不少于 ${LEAST_SIDE} 像素`,
    en: `A picture needs at least ${LEAST_SIDE} pixels in width and in height`,
  },
  PICTURE_BROKEN: {
    zh: '图片不完整或已损坏，请重新拍摄或另存后再传；可用 JPEG、PNG、WebP、AVIF',
    en: 'The picture is cut off or damaged; take or save it again, as JPEG, PNG, WebP or AVIF',
  },
  PICTURES_BUSY: {
    zh: '同时上传的图片较多，请稍后重试；评价可以先提交',
    en: 'Many pictures are arriving; try again shortly. The rating itself can be handed in now',
  },
} as const

export type PictureFaultCode = keyof typeof pictureFaults

export type PictureFault = { code: PictureFaultCode; zh: string; en: string }

/** The fault with its words. */
export function pictureFault(code: PictureFaultCode): PictureFault {
  return { code, ...pictureFaults[code] }
}
