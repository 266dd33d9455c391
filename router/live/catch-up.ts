import { feedPageSize } from './feed-reader.ts'
import type { FeedSource } from './feed-source.ts'
import type { Frame } from './frame.ts'
import { deliver, type Member } from './member.ts'
import type { FeedPosition } from './position.ts'

export type CatchUp = {
  /**
   * Sends a member what lies behind `after` and then calls `joined` with nothing in between, so that the next live frame is the one he needs.
   * `reset` when the position is not of this feed.
   */
  bringUp(member: Member, after: FeedPosition, joined: () => void, reset: () => void): Promise<void>
}

/**
 * Brings members that come back to the live position (补发). Most are served from the group's history; one query per page otherwise, and
 * members that wait for the same stretch share it: a thousand screens that come back together cost one replay, not a thousand.
 */
export function createCatchUp(source: FeedSource): CatchUp {
  const replays = new Set<{ from: number; done: Promise<void> }>()

  async function bringUp(member: Member, after: FeedPosition, joined: () => void, reset: () => void): Promise<void> {
    if (after.epoch !== null && after.epoch !== source.epoch()) return reset()
    member.position = after.position
    if (member.position > source.position()) {
      await source.pump()
      // Still ahead of the feed as this process knows it: of a newer state or of another log. The log itself decides.
      if (member.position > source.position() && (await source.readBehind(member.position)).isReset) return reset()
    }
    while (!member.isGone) {
      const history = source.history()
      if (member.position >= history.from()) {
        for (const frame of history.after(member.position)) deliver(member, frame)
        return joined()
      }
      const underWay = [...replays].find(replay => replay.from <= member.position)
      if (underWay) await underWay.done
      if (member.position >= source.history().from()) continue
      if (!(await replay(member))) return reset()
    }
  }

  /** False when the position is not of this feed. */
  async function replay(member: Member): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const running = { from: member.position, done: promise }
    replays.add(running)
    try {
      const frames: Frame[] = []
      for (;;) {
        const known = source.position()
        const page = await source.readBehind(member.position)
        if (page.isReset) return false
        for (const frame of page.frames) {
          frames.push(frame)
          deliver(member, frame)
        }
        if (member.isGone) return true
        if (page.frames.length === feedPageSize) continue
        // What was published before this read is in it, so he stands at least there.
        member.position = Math.max(member.position, known)
        source.history().prepend(running.from, frames)
        return true
      }
    } finally {
      replays.delete(running)
      resolve()
    }
  }

  return { bringUp }
}
