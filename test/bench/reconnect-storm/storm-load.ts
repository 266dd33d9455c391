import { setTimeout as pause } from 'node:timers/promises'
import { machineMilliseconds, openScreen, type ScreenAsk } from '../harness/screen.ts'
import type { ScreenSocket } from '../harness/screen-socket.ts'

/** What became of all screens, against what truly happened in the feed of each. */
export type StormResult = {
  lost: number
  twice: number
  /** Events that a screen must not have had, or had in a wrong order. */
  wrong: number
  /** Machine milliseconds at which the last screen was connected and acknowledged again. */
  reattachedAt: number
  /** Machine milliseconds at which the last screen had all that was committed when the server was back. */
  consistentAt: number
  connections: number
  faults: string[]
}

export type StormLoad = {
  /** Opens the screens, the asks dealt round, each with a place in its feed to begin at; from then on they come back by themselves. */
  open(input: { url: string; asks: ScreenAsk[]; count: number }): Promise<number>
  /** Waits until every screen is connected again after the cut that has just been made. */
  reattached(input: { timeoutMs: number }): Promise<number>
  /** Waits until every screen stands at the end of its ask's feed, or the time is over. */
  caughtUp(input: { ends: number[]; timeoutMs: number }): Promise<boolean>
  /** Compares what came with what happened; `atReturn` is how far each feed reached when the server was back. */
  judge(input: { feeds: number[][]; atReturn: number[]; from: number }): StormResult
  close(input: null): Promise<number>
}

type Seen = { positions: number[]; times: number[]; after: string; reattachedAt: number; isAttached: boolean }

const openingAtOnce = 100
/** A screen that was cut comes back after a time of its own below this, milliseconds. */
const longestWaitMs = 250

/** Screens that come back whenever they are cut, and ask for what they have missed. */
export function createLoad(): StormLoad {
  let sockets: (ScreenSocket | null)[] = []
  let seen: Seen[] = []
  let dealt: ScreenAsk[] = []
  let isOpen = false
  let connections = 0
  const faults = new Set<string>()

  /** Resolves when the server has upgraded the socket; what follows is told by its events. */
  async function hang(url: string, index: number): Promise<void> {
    const ask = dealt[index % dealt.length]!
    const screen = seen[index]!
    sockets[index] = await openScreen(
      url,
      index,
      { ...ask, variables: { ...ask.variables, after: screen.after } },
      {
        event(position, epoch) {
          screen.positions.push(position)
          screen.times.push(machineMilliseconds())
          screen.after = `${epoch}:${position}`
        },
        acknowledged() {
          screen.reattachedAt = machineMilliseconds()
          screen.isAttached = true
        },
        fault: text => void faults.add(text.slice(0, 200)),
        closed() {
          screen.isAttached = false
          void comeBack(url, index)
        },
      },
    )
    connections += 1
  }

  async function comeBack(url: string, index: number): Promise<void> {
    while (isOpen) {
      await pause(Math.random() * longestWaitMs)
      const isUpgraded = await hang(url, index).then(
        () => true,
        () => false,
      )
      if (isUpgraded) return
    }
  }

  async function until(isTrue: () => boolean, timeoutMs: number): Promise<boolean> {
    const end = machineMilliseconds() + timeoutMs
    while (!isTrue()) {
      if (machineMilliseconds() > end) return false
      await pause(5)
    }
    return true
  }

  return {
    async open({ url, asks, count }) {
      dealt = asks
      isOpen = true
      connections = 0
      faults.clear()
      sockets = new Array(count).fill(null)
      seen = Array.from({ length: count }, (_, index) => ({
        positions: [],
        times: [],
        after: String(asks[index % asks.length]!.variables.after),
        reattachedAt: 0,
        isAttached: false,
      }))
      let next = 0
      const opener = async () => {
        while (next < count) await hang(url, next++)
      }
      await Promise.all(Array.from({ length: openingAtOnce }, opener))
      if (!(await until(() => seen.every(({ isAttached }) => isAttached), 30_000))) {
        throw new Error(
          `only ${seen.filter(({ isAttached }) => isAttached).length} of ${count} screens were acknowledged`,
        )
      }
      return count
    },
    async reattached({ timeoutMs }) {
      const all = await until(() => seen.every(({ isAttached }) => isAttached), timeoutMs)
      if (!all)
        faults.add(
          `${seen.filter(({ isAttached }) => !isAttached).length} screens did not come back in ${timeoutMs} ms`,
        )
      return Math.max(...seen.map(({ reattachedAt }) => reattachedAt))
    },
    caughtUp: ({ ends, timeoutMs }) =>
      until(
        () => seen.every(({ positions }, index) => (positions.at(-1) ?? 0) >= ends[index % ends.length]!),
        timeoutMs,
      ),
    judge({ feeds, atReturn, from }) {
      const result = { lost: 0, twice: 0, wrong: 0, consistentAt: from }
      seen.forEach((screen, index) => {
        const truth = feeds[index % feeds.length]!
        const had = new Set(screen.positions)
        result.lost += truth.filter(position => !had.has(position)).length
        result.twice += screen.positions.length - had.size
        const expected = new Set(truth)
        result.wrong += screen.positions.filter(
          (position, at) => !expected.has(position) || position < (screen.positions[at - 1] ?? 0),
        ).length
        const last = screen.positions.findLastIndex(position => position <= atReturn[index % atReturn.length]!)
        result.consistentAt = Math.max(result.consistentAt, screen.reattachedAt, last < 0 ? 0 : screen.times[last]!)
      })
      const reattachedAt = Math.max(...seen.map(screen => screen.reattachedAt))
      return { ...result, reattachedAt, connections, faults: [...faults] }
    },
    async close() {
      isOpen = false
      for (const socket of sockets) socket?.close()
      return sockets.length
    },
  }
}
