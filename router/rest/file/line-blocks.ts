/** Longest line of a file that is looked at, bytes: a reported case has about 500, the longest text of a rating 20,000. Longer ones are refused as rows and never held. */
export const longestLineBytes = 64 * 1024

const lineFeed = 0x0a

/** Whole lines as bytes; or, cut, the beginning of one line that is too long. */
export type LineBlock = { bytes: Buffer; isCut: boolean }

export type LineBlocks = { push(chunk: Buffer): LineBlock[]; end(): LineBlock[] }

/**
 * Cuts a stream of bytes behind line feeds, so that no character is ever torn: neither UTF-8 nor GB18030 uses the byte of the line feed
 * within a character. Holds at most one line.
 */
export function createLineBlocks(): LineBlocks {
  let rest: Buffer[] = []
  let restBytes = 0
  let isSkipping = false

  function takeRest(): Buffer {
    const bytes = Buffer.concat(rest)
    rest = []
    restBytes = 0
    return bytes
  }

  return {
    push(chunk) {
      const blocks: LineBlock[] = []
      let from = 0
      if (isSkipping) {
        from = chunk.indexOf(lineFeed) + 1
        if (from === 0) return blocks
        isSkipping = false
      }
      const end = chunk.lastIndexOf(lineFeed) + 1
      if (end > from) {
        blocks.push({ bytes: Buffer.concat([takeRest(), chunk.subarray(from, end)]), isCut: false })
        from = end
      }
      if (from === chunk.length) return blocks
      rest.push(chunk.subarray(from))
      restBytes += chunk.length - from
      if (restBytes <= longestLineBytes) return blocks
      blocks.push({ bytes: takeRest().subarray(0, longestLineBytes), isCut: true })
      isSkipping = true
      return blocks
    },
    end: () => (restBytes === 0 ? [] : [{ bytes: takeRest(), isCut: false }]),
  }
}
