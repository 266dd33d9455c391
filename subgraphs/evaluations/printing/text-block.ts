import { ASCENT, emWidth, type Faces, type Weight } from './faces.ts'
import type { Ink } from './inks.ts'
import type { Frame, TextLine } from './layout.ts'
import { blankEnds, brokenLines, type Piece, phrasesOf, piecesOf, shortened } from './line-breaks.ts'

/**
 * How a text is set. `size` is the wished em in mm and `least` the smallest allowed; `leading` the distance of lines and
 * `tracking` the letter spacing, in ems.
 */
export type TextStyle = {
  size: number
  least: number
  weight: Weight
  ink: Ink
  leading?: number
  tracking?: number
  align?: 'start' | 'middle' | 'end'
  /** Where the lines stand when they do not fill the frame. */
  stand?: 'top' | 'middle' | 'bottom'
}

/** Lines within the frame; `isShortened` when not even the least size made room for all of the text. */
export type TextBlock = { lines: TextLine[]; isShortened: boolean; bottom: number }

/** Lines that are nearly as large as wished beat more lines of the full size. */
const NEARLY = 0.82
const STEP = 0.97
// A thousandth of a millimetre: what adding up may be off.
const SLACK = 0.001

/**
 * Sets a text into its frame: on one line if it can be, else a phrase a line, else on more lines, else smaller, at last cut
 * off with an ellipsis.
 */
export function textBlock(text: string, frame: Frame, style: TextStyle, faces: Faces): TextBlock {
  const { leading = 1.3, tracking = 0, align = 'start', stand = 'top' } = style
  // The same line is measured at many sizes, and shaping it is what takes the time.
  const widths = new Map<string, number>()
  const width = (part: string) => {
    const known = widths.get(part) ?? emWidth(part, style.weight, faces) + tracking * Array.from(part).length
    widths.set(part, known)
    return known
  }
  const { texts, size, isShortened } = fitted(text, frame, { ...style, leading }, width)
  const height = texts.length * size * leading
  const top = frame.y + { top: 0, middle: (frame.height - height) / 2, bottom: frame.height - height }[stand]
  const lines = texts.map((line, index): TextLine => {
    // Neither the space after the last glyph nor the blank half of a bracket counts when a line is aligned.
    const blank = blankEnds(line)
    const lineWidth = (width(line) - tracking) * size
    const seen = lineWidth - (blank.before + blank.after) * size
    const room = frame.width - seen
    const x = frame.x + { start: 0, middle: room / 2, end: room }[align] - blank.before * size
    const baseline = top + (index * leading + (leading - 1) / 2 + ASCENT) * size
    const { weight, ink } = style
    return {
      kind: 'text',
      text: line,
      x,
      baseline,
      width: lineWidth,
      size,
      tracking: tracking * size,
      weight,
      ink,
      frame,
    }
  })
  return { lines, isShortened, bottom: top + height }
}

type Fit = { texts: string[]; size: number; isShortened: boolean }
type Fitting = TextStyle & { leading: number }

function fitted(text: string, frame: Frame, style: Fitting, width: (part: string) => number): Fit {
  for (const texts of [[text], phrasesOf(text)]) {
    const widest = Math.max(...texts.map(width))
    const size = Math.min(style.size, frame.width / widest, frame.height / (texts.length * style.leading))
    if (size >= Math.max(style.size * NEARLY, style.least)) return { texts, size, isShortened: false }
  }
  const whole = piecesOf(text, width)
  const phrases = phrasesOf(text).map(phrase => piecesOf(phrase, width))
  for (let size = style.size; size > style.least; size *= STEP) {
    for (const parts of [phrases, [whole]]) {
      const texts = linesAt(size, parts)
      if (texts.length * size * style.leading <= frame.height + SLACK) return { texts, size, isShortened: false }
    }
  }
  return cutOff(linesAt(style.least, [whole]))

  function linesAt(size: number, parts: Piece[][]) {
    return parts.flatMap(pieces => brokenLines(pieces, frame.width / size, width))
  }

  function cutOff(texts: string[]): Fit {
    const size = style.least
    const room = Math.max(1, Math.floor((frame.height + SLACK) / (size * style.leading)))
    if (texts.length <= room) return { texts, size, isShortened: false }
    const rest = texts.slice(room - 1).join('')
    return { texts: [...texts.slice(0, room - 1), shortened(rest, frame.width / size, width)], size, isShortened: true }
  }
}
