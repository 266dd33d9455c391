import sharp, { type Sharp } from 'sharp'
import { readQr } from '../../kit/read-qr.ts'

/** How a code comes before a camera: as it was made, from further away, not held straight, and after a chat has compressed it. */
const views = {
  plain: picture => picture,
  // 45 modules with their quiet zone: less than three pixels each.
  small: picture => picture.resize(120, 120),
  turned: picture => picture.resize(400, 400).rotate(15, { background: '#ffffff' }),
  recompressed: picture => picture.resize(240, 240).jpeg({ quality: 40 }),
} satisfies Record<string, (picture: Sharp) => Sharp>

export type View = keyof typeof views
export const viewNames = Object.keys(views) as View[]

/** Share of readings, per view, by which two independent readers (jsqr, zxing) found the address that the picture was made of. */
export type Legibility = Record<View, number>

// About what a phone sees of a window's screen; an SVG has no size of its own.
const DRAWN_SIDE = 360

/** Draws each picture, an SVG or a PNG, in every view and has it read twice. */
export async function legibilityOf(made: readonly { url: string; image: string | Buffer }[]): Promise<Legibility> {
  const found: Legibility = { plain: 0, small: 0, turned: 0, recompressed: 0 }
  for (const { url, image } of made) {
    const drawn = typeof image === 'string' ? sharp(Buffer.from(image)).resize(DRAWN_SIDE, DRAWN_SIDE) : sharp(image)
    const png = await drawn.flatten({ background: '#ffffff' }).png().toBuffer()
    for (const name of viewNames) {
      const seen = await views[name](sharp(png)).toBuffer()
      const { jsqr, zxing } = await readQr(await sharp(seen).ensureAlpha().png().toBuffer())
      found[name] += [jsqr, zxing].filter(text => text === url).length
    }
  }
  for (const name of viewNames) found[name] /= 2 * made.length
  return found
}
