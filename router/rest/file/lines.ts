import { longestLineBytes } from './line-blocks.ts'
import type { TextBlock } from './text-blocks.ts'

/** One line of a file, without its end; of one that is too long only the beginning. */
export type Line = { number: number; text: string; isCut: boolean }

/** Numbers the lines of text blocks, from 1. */
export function createLines(): { of(block: TextBlock): Line[] } {
  let count = 0
  const line = (text: string, isCut: boolean): Line => {
    count += 1
    const bare = text.endsWith('\r') ? text.slice(0, -1) : text
    return bare.length > longestLineBytes
      ? { number: count, text: bare.slice(0, longestLineBytes), isCut: true }
      : { number: count, text: bare, isCut }
  }
  return {
    of({ text, isCut }) {
      if (isCut) return [line(text, true)]
      const ended = text.endsWith('\n') ? text.slice(0, -1) : text
      return ended.split('\n').map(part => line(part, false))
    },
  }
}
