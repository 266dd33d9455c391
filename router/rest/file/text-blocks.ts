import { isAscii } from 'node:buffer'
import { refuse } from '../problem.ts'
import type { LineBlock } from './line-blocks.ts'

export type Charset = 'utf-8' | 'gb18030'

/** So much text with other than ASCII characters is looked at before its encoding is said, bytes. */
const evidenceBytes = 64 * 1024

const byteOrderMark = '\ufeff'
const utf8Mark = Buffer.from(byteOrderMark)
// A file saved as "Unicode text" by a spreadsheet.
const utf16Marks = new Set(['fffe', 'feff'])

export type TextBlock = { text: string; isCut: boolean }

export type TextBlocks = { push(block: LineBlock): TextBlock[]; end(): TextBlock[] }

/**
 * Reads lines as text (字符编码). A declared encoding or a byte order mark decides; otherwise plain ASCII lines pass, and from the first
 * other line up to 64 KiB are held until they can be weighed: UTF-8 when they show more whole characters of three or four bytes than
 * damaged ones, else GB18030. Neither a damaged byte nor a file that was cut off turns UTF-8 into nonsense that way, and the few Chinese
 * words that happen to be sound UTF-8 of two-byte characters stay Chinese. Bytes that do not fit become U+FFFD, for the row to be refused.
 */
export function createTextBlocks(declared: Charset | null): TextBlocks {
  let decoder = declared && decoderOf(declared)
  let held: LineBlock[] = []
  let heldBytes = 0
  let isAtStart = true

  function decodeHeld(): TextBlock[] {
    const bytes = Buffer.concat(held.map(block => block.bytes))
    decoder = decoderOf(heavierCharset(bytes))
    const blocks = held.map(block => decoded(block, decoder!))
    held = []
    return blocks
  }

  return {
    push(block) {
      if (isAtStart && utf16Marks.has(block.bytes.toString('hex', 0, 2)))
        throw refuse('UPLOAD_CHARSET_UNKNOWN', { charset: 'UTF-16' })
      if (isAtStart && block.bytes.subarray(0, utf8Mark.length).equals(utf8Mark)) decoder ??= decoderOf('utf-8')
      const isFirst = isAtStart
      isAtStart = false
      if (decoder) return [withoutMark(decoded(block, decoder), isFirst)]
      if (heldBytes === 0 && isAscii(block.bytes)) return [{ ...block, text: block.bytes.toString('latin1') }]
      held.push(block)
      heldBytes += block.bytes.length
      return heldBytes < evidenceBytes ? [] : decodeHeld()
    },
    end: () => (held.length === 0 ? [] : decodeHeld()),
  }
}

// Marks are kept by the decoder, which would otherwise take one away from each block.
const decoderOf = (charset: Charset) => new TextDecoder(charset, { ignoreBOM: true })

const decoded = ({ bytes, isCut }: LineBlock, decoder: TextDecoder): TextBlock => ({
  text: decoder.decode(bytes),
  isCut,
})

function withoutMark(block: TextBlock, isFirst: boolean): TextBlock {
  return isFirst && block.text.startsWith(byteOrderMark) ? { ...block, text: block.text.slice(1) } : block
}

function heavierCharset(bytes: Buffer): Charset {
  let whole = 0
  let damaged = 0
  for (const character of decoderOf('utf-8').decode(bytes)) {
    if (character === '\ufffd') damaged += 1
    else if (character >= '\u0800') whole += 1
  }
  return whole > damaged ? 'utf-8' : 'gb18030'
}
