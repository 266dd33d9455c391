/** What printing uses of fontkit, which ships no types of its own. */
declare module 'fontkit' {
  export type Glyph = { id: number; path: { toSVG(): string }; bbox: { minX: number; maxX: number } }
  export type GlyphRun = {
    glyphs: Glyph[]
    positions: { xAdvance: number; xOffset: number; yOffset: number }[]
    advanceWidth: number
  }
  export type Font = {
    unitsPerEm: number
    layout(text: string): GlyphRun
    hasGlyphForCodePoint(codePoint: number): boolean
  }
  export function create(file: Uint8Array): Font
}
