import type { Frame } from './frame.ts'

/** What a group remembers of what it sent, so that screens that come back after a cut are served without a query. */
const mostFrames = 1_000
const mostCharacters = 4 * 1024 * 1024

export type History = {
  /** Every frame behind this position is here. */
  from(): number
  append(frame: Frame): void
  /** Puts older frames in front; they must reach from `from` up to where the history began. Ignored when they are too many. */
  prepend(from: number, frames: Frame[]): void
  after(position: number): Frame[]
}

/** The latest frames of a group without a hole (近期记录), beginning at `start`. */
export function createHistory(start: number): History {
  let from = start
  let frames: Frame[] = []
  let characters = 0

  const length = (list: Frame[]) => list.reduce((sum, frame) => sum + frame.json.length, 0)

  return {
    from: () => from,
    append(frame) {
      frames.push(frame)
      characters += frame.json.length
      while (frames.length > mostFrames || characters > mostCharacters) {
        const oldest = frames.shift()!
        characters -= oldest.json.length
        from = oldest.position
      }
    },
    prepend(earlier, older) {
      const missing = older.filter(frame => frame.position <= from)
      const added = length(missing)
      if (earlier >= from || frames.length + missing.length > mostFrames || characters + added > mostCharacters) return
      frames = [...missing, ...frames]
      characters += added
      from = earlier
    },
    after(position) {
      const first = frames.findIndex(frame => frame.position > position)
      return first < 0 ? [] : frames.slice(first)
    },
  }
}
