import type { Faces } from './faces.ts'

/** Stands for a character that the faces lack: the printer's geta mark (〓), which nobody takes for a character or a box. */
export const MISSING_MARK = '〓'

// Controls, joiners and variation selectors: they have no shape of their own and would only turn into one.
const SHAPELESS = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu

/** A text as it can be set in these faces; `missing` names the characters that became `〓`, each once. */
export function printableText(text: string, faces: Faces): { text: string; missing: string[] } {
  const missing = new Set<string>()
  const clean = text.normalize('NFC').replace(/\s+/gu, ' ').replace(SHAPELESS, '').trim()
  const shown = Array.from(clean, character => {
    const isThere = Object.values(faces).every(face => face.hasGlyphForCodePoint(character.codePointAt(0)!))
    if (!isThere) missing.add(character)
    return isThere ? character : MISSING_MARK
  })
  return { text: shown.join(''), missing: [...missing] }
}
