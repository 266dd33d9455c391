import sharp from 'sharp'
import type { Faces } from './faces.ts'
import type { Layout } from './layout.ts'
import { svgInPixels } from './svg-of.ts'

/** Dots per inch: 72 to 300. An A3 poster of 300 dpi has 17 million pixels; a press gets the PDF. */
export const DPI = { least: 72, default: 150, most: 300 } as const

/** The trimmed sheet as a PNG. Throws RangeError for a resolution outside of `DPI`. */
export async function pngOf(layout: Layout, faces: Faces, dpi: number = DPI.default): Promise<Buffer> {
  if (!Number.isInteger(dpi) || dpi < DPI.least || dpi > DPI.most)
    throw new RangeError(`dpi ${DPI.least}–${DPI.most}: ${dpi}`)
  return sharp(Buffer.from(svgInPixels(layout, faces, dpi)))
    .withMetadata({ density: dpi })
    .png({ palette: true, colours: 64, dither: 0 })
    .toBuffer()
}
