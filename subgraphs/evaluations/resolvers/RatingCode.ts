import { create, toBuffer } from 'qrcode'
import { graphError } from '../../shared/graph-error.ts'
import type { IssuedCode } from '../actions/issue-rating-code.ts'
import { QUIET_ZONE } from '../domain/qr-outline.ts'
import { qrSvg } from '../domain/qr-svg.ts'

/** Fifteen per cent of a code may be scratched or glaring and it still reads. */
const errorCorrectionLevel = 'M'

export const RatingCode = {
  svg: ({ url }: IssuedCode) => svgOfCode(url),
  png: ({ url }: IssuedCode, { scale }: { scale?: number | null }) => pngOfCode(url, scale ?? 8),
}

/** The code of an address as SVG text, quiet zone included. */
export function svgOfCode(url: string): string {
  return qrSvg(create(url, { errorCorrectionLevel }).modules)
}

/** The same as PNG, base64, 1 to 20 pixels a module. @throws BAD_USER_INPUT */
export async function pngOfCode(url: string, scale: number): Promise<string> {
  if (scale < 1 || scale > 20) throw graphError('BAD_USER_INPUT', { fact: `scale 1–20: ${scale}` })
  return (await toBuffer(url, { errorCorrectionLevel, scale, margin: QUIET_ZONE })).toString('base64')
}
