import { createHash } from 'node:crypto'

/** Draws that look like chance and are the same on every machine for the same seed. */
export type SeededRandom = {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** True with this probability (0 to 1). */
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** `count` different entries, in the order of the list; all of them when the list is shorter. */
  pickSeveral<T>(list: readonly T[], count: number): T[]
}

/** A stream of draws of its own for one subject, so that a change to one subject leaves the others as they were. */
export function seededRandom(seed: string): SeededRandom {
  let state = createHash('sha256').update(seed).digest().readUInt32BE(0)
  // Mulberry32: 32 bits of state are plenty for streams of some thousand draws, and it is the same in every engine.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: probability => next() < probability,
    pick: list => list[below(list.length)]!,
    pickSeveral: (list, count) => {
      const chosen = new Set<number>()
      while (chosen.size < Math.min(count, list.length)) chosen.add(below(list.length))
      return list.filter((_, i) => chosen.has(i))
    },
  }
}
