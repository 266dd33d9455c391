import { create, toBuffer } from 'qrcode'
import { graphError } from '../../shared/graph-error.ts'
import type { IssuedCode } from '../actions/issue-rating-code.ts'
import { QUIET_ZONE } from '../domain/qr-outline.ts'
import { qrSvg } from '../domain/qr-svg.ts'

/** Fifteen per cent of a code may be scratched or glaring and it still reads. */
const errorCorrectionLevel = 'M'

export const RatingCode = {
  svg: ({ url }: IssuedCode) => qrSvg(create(url, { errorCorrectionLevel }).modules),

  async png({ url }: IssuedCode, { scale }: { scale?: number | null }) {
    const pixels = scale ?? 8
    if (pixels < 1 || pixels > 20) throw graphError('BAD_USER_INPUT', { fact: `scale 1–20: ${pixels}` })
    return (await toBuffer(url, { errorCorrectionLevel, scale: pixels, margin: QUIET_ZONE })).toString('base64')
  },
}
