import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { create, type Font } from 'fontkit'

export type Weight = 'Regular' | 'Medium' | 'Bold'

/** The weights of Noto Sans Hans that sheets are set in (字体). */
export type Faces = Readonly<Record<Weight, Font>>

/** A part of the em: how far the em box reaches above the baseline. Beneath it is the rest. */
export const ASCENT = 0.88

/**
 * Reads the three weights, 25 MB that stay in memory: open them once a process and pass them on. Glyphs are parsed as they
 * are needed.
 */
export function openFaces(): Faces {
  const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')))
  const open = (weight: Weight) => create(readFileSync(join(packageFolder, 'fonts', `NotoSansHans-${weight}.otf`)))
  return { Regular: open('Regular'), Medium: open('Medium'), Bold: open('Bold') }
}

/** Width of a text in ems, letter spacing not included. */
export function emWidth(text: string, weight: Weight, faces: Faces): number {
  const face = faces[weight]
  return text === '' ? 0 : face.layout(text).advanceWidth / face.unitsPerEm
}
