const UNITS_IN_ONE = 70
const UNITS_IN_PART = 67

export type TextPart = {
  /** UTF-16BE, preceded by the user data header where `concatenated`: never more than 140 bytes. */
  octets: Buffer
  concatenated: boolean
}

/**
 * A text as one SMS of up to 70 characters or several of up to 67 (长短信), never cut inside a character outside the basic plane.
 * The reference follows from the message's id, so that a second try carries the same one and phones put the parts in the same places.
 */
export function textParts(messageId: string, text: string): TextPart[] {
  if (text.length <= UNITS_IN_ONE) return [{ octets: utf16be(text), concatenated: false }]
  const pieces = cut(text)
  const reference = referenceOf(messageId)
  return pieces.map((piece, index) => ({
    octets: Buffer.concat([Buffer.from([5, 0, 3, reference, pieces.length, index + 1]), utf16be(piece)]),
    concatenated: true,
  }))
}

/** The most a text may have: the header counts parts in one byte. */
export const MOST_PARTS = 255

function cut(text: string): string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = start + UNITS_IN_PART
    const splitsPair = end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1]!)
    pieces.push(text.slice(start, splitsPair ? end - 1 : end))
    start = splitsPair ? end - 1 : end
  }
  return pieces
}

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

function referenceOf(messageId: string): number {
  let sum = 0
  for (const octet of Buffer.from(messageId)) sum = (sum * 31 + octet) % 256
  return sum
}
