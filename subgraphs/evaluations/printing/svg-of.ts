import { QUIET_ZONE, qrOutline } from '../domain/qr-outline.ts'
import type { Faces } from './faces.ts'
import { inks } from './inks.ts'
import type { Layout, Mark, QrMark, TextLine } from './layout.ts'

/** The trimmed sheet as an SVG, sized in mm; text is outlines, so that it looks the same without the fonts. */
export function svgOf(layout: Layout, faces: Faces): string {
  return svgSized(layout, faces, `width="${layout.width}mm" height="${layout.height}mm"`)
}

/** The same in pixels, for what is rasterised. */
export function svgInPixels(layout: Layout, faces: Faces, dpi: number): string {
  const pixels = (mm: number) => Math.round((mm / 25.4) * dpi)
  // Whole pixels distort the sheet by less than one of them.
  const size = `width="${pixels(layout.width)}" height="${pixels(layout.height)}" preserveAspectRatio="none"`
  return svgSized(layout, faces, size)
}

function svgSized(layout: Layout, faces: Faces, size: string): string {
  const { width, height, title } = layout
  const glyphs = new Map<string, string>()
  const marks = layout.marks.map(mark => drawn(mark, glyphs, faces)).join('')
  const outlines = Array.from(glyphs, ([id, path]) => `<path id="${id}" d="${path}"/>`).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escaped(title)}</title><defs>${outlines}</defs>` +
    `<path fill="${inks.paper.screen}" d="M0 0h${width}v${height}H0z"/>${marks}</svg>`
  )
}

function drawn(mark: Mark, glyphs: Map<string, string>, faces: Faces): string {
  if (mark.kind === 'text') return textGroup(mark, glyphs, faces)
  if (mark.kind === 'qr') return qrGroup(mark)
  const { x, y, width, height, ink } = mark
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${inks[ink].screen}"/>`
}

function qrGroup({ x, y, width, modules }: QrMark): string {
  const units = modules.size + 2 * QUIET_ZONE
  return (
    `<g transform="translate(${short(x)} ${short(y)}) scale(${width / units})">` +
    `<path fill="${inks.paper.screen}" d="M0 0h${units}v${units}H0z"/>` +
    `<path fill="${inks.black.screen}" fill-rule="evenodd" d="${qrOutline(modules)}"/></g>`
  )
}

function textGroup(line: TextLine, glyphs: Map<string, string>, faces: Faces): string {
  const face = faces[line.weight]
  const scale = line.size / face.unitsPerEm
  const run = face.layout(line.text)
  let pen = 0
  const uses = run.glyphs.map((glyph, index) => {
    const position = run.positions[index]!
    const id = `${line.weight[0]}${glyph.id}`
    if (!glyphs.has(id)) glyphs.set(id, glyph.path.toSVG())
    const x = pen + position.xOffset
    pen += position.xAdvance + line.tracking / scale
    return `<use href="#${id}" x="${short(x)}" y="${short(position.yOffset)}"/>`
  })
  // Glyphs are drawn upwards from the baseline.
  const place = `translate(${short(line.x)} ${short(line.baseline)}) scale(${scale.toPrecision(6)} ${(-scale).toPrecision(6)})`
  return `<g aria-label="${escaped(line.text)}" fill="${inks[line.ink].screen}" transform="${place}">${uses.join('')}</g>`
}

function short(number: number): number {
  return Math.round(number * 1000) / 1000
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
