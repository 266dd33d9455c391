/** A piece of text that stays on one line; `width` in ems, without the blanks at its end in `inked`. */
export type Piece = { text: string; width: number; inked: number }

// 行首行尾禁则: what may not begin a line, and what may not end one.
const NOT_FIRST = /^[\p{Pe}\p{Pf}，。、；：！？…—·％%〉》」』】〕）!?,.;:\s]/u
const NOT_LAST = /[\p{Ps}\p{Pi}〈《「『【〔（]$/u

const words = new Intl.Segmenter('zh', { granularity: 'word' })
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** Cuts a text where a line may end: between Chinese or Latin words, never before closing or after opening punctuation. */
export function piecesOf(text: string, width: (part: string) => number): Piece[] {
  const parts: string[] = []
  for (const { segment } of words.segment(text)) {
    const last = parts.at(-1)
    if (last !== undefined && (NOT_FIRST.test(segment) || NOT_LAST.test(last))) parts[parts.length - 1] = last + segment
    else parts.push(segment)
  }
  return parts.map(part => piece(part, width))
}

/** Where a name falls apart by itself: before a bracket and after a middle dot that stands between blanks. */
export function phrasesOf(text: string): string[] {
  return text.split(/(?=（)|(?<= · )/u).map(phrase => lineEnded(phrase))
}

/** Blank parts of the first and last character in ems: full-width brackets and stops fill half of their square. */
export function blankEnds(line: string): { before: number; after: number } {
  return {
    before: /^[“‘（《「『【〈]/u.test(line) ? 0.5 : 0,
    after: /[”’）》」』】〉，。、；：]$/u.test(line) ? 0.5 : 0,
  }
}

/**
 * Lines of at most `room` ems, as few as can be and about equally long (no single character alone on the last line).
 * A piece wider than the room is cut between its characters.
 */
export function brokenLines(pieces: Piece[], room: number, width: (part: string) => number): string[] {
  const fitting = pieces.flatMap(each => (each.inked <= room ? [each] : charactersOf(each.text, width)))
  const fewest = filled(fitting, room)
  let narrow = Math.max(room / 2, ...fitting.map(each => each.inked))
  let wide = room
  // Ten halvings of the room: far less than a hair's breadth.
  for (let halving = 0; halving < 10; halving++) {
    const middle = (narrow + wide) / 2
    if (filled(fitting, middle).length > fewest.length) narrow = middle
    else wide = middle
  }
  return filled(fitting, wide)
}

/** The beginning of a text that leaves room for an ellipsis. */
export function shortened(text: string, room: number, width: (part: string) => number): string {
  let kept = ''
  let taken = width('…')
  for (const each of charactersOf(text, width)) {
    taken += each.width
    if (taken > room) break
    kept += each.text
  }
  return `${kept.trimEnd()}…`
}

function filled(pieces: Piece[], room: number): string[] {
  const lines: string[] = []
  let line = ''
  let taken = 0
  for (const each of pieces) {
    if (line !== '' && taken + each.inked > room) {
      lines.push(lineEnded(line))
      line = ''
      taken = 0
    }
    line += each.text
    taken += each.width
  }
  return line === '' ? lines : [...lines, lineEnded(line)]
}

/** A line without the blanks or the separating dot at its end. */
function lineEnded(line: string): string {
  return line.trimEnd().replace(/ ·$/u, '')
}

function charactersOf(text: string, width: (part: string) => number): Piece[] {
  return Array.from(characters.segment(text), ({ segment }) => piece(segment, width))
}

function piece(text: string, width: (part: string) => number): Piece {
  return { text, width: width(text), inked: width(text.trimEnd()) }
}
