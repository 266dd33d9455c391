import type { QrModules } from '../domain/qr-outline.ts'
import type { Faces } from './faces.ts'
import type { Ink } from './inks.ts'
import type { Frame, Layout, Mark } from './layout.ts'
import { printableText } from './printable-text.ts'
import { type TextStyle, textBlock } from './text-block.ts'

/** A sheet being laid out. */
export type Sheet = {
  box(frame: Frame, ink: Ink): void
  /** Sets a text; answers where its last line ends, in mm. */
  text(text: string, frame: Frame, style: TextStyle): number
  /** A QR code; the frame is a square that holds its quiet zone, too. */
  qr(modules: QrModules, frame: Frame): void
  finished(): Layout
}

/** An empty sheet, measured in mm after trimming. */
export function newSheet(paper: Pick<Layout, 'title' | 'width' | 'height' | 'bleed'>, faces: Faces): Sheet {
  const marks: Mark[] = []
  const missing = new Set<string>()
  const shortened: string[] = []
  return {
    box: (frame, ink) => void marks.push({ kind: 'box', ink, ...frame }),
    text(text, frame, style) {
      const printable = printableText(text, faces)
      for (const character of printable.missing) missing.add(character)
      if (printable.text === '') return frame.y
      const block = textBlock(printable.text, frame, style, faces)
      if (block.isShortened) shortened.push(text)
      marks.push(...block.lines)
      return block.bottom
    },
    qr: (modules, frame) => void marks.push({ kind: 'qr', modules, ...frame }),
    finished: () => ({ ...paper, marks, missing: [...missing], shortened }),
  }
}
