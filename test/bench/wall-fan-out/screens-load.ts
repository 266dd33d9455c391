import { machineMilliseconds, openScreen, type ScreenAsk } from '../harness/screen.ts'
import type { ScreenSocket } from '../harness/screen-socket.ts'

export type Arrivals = {
  /** Machine milliseconds at which each screen had the event; NaN where it never came. */
  at: Float64Array
  faults: string[]
}

export type ScreensLoad = {
  /** Opens so many screens, the asks dealt round; resolves when each was acknowledged. */
  open(input: { url: string; asks: ScreenAsk[]; count: number }): Promise<number>
  /** From now on one event is awaited on every screen. */
  expectEvent(input: null): number
  /** Waits until every screen has the expected event. */
  arrivals(input: { timeoutMs: number }): Promise<Arrivals>
  close(input: null): Promise<number>
}

const openingAtOnce = 100

/** Screens that hang on walls and look. */
export function createLoad(): ScreensLoad {
  let screens: ScreenSocket[] = []
  let positions: Float64Array = new Float64Array(0)
  let arrivedAt: Float64Array = new Float64Array(0)
  let missing = 0
  let faults: string[] = []
  let complete = () => {}

  function arrived(index: number, position: number): void {
    if (position <= positions[index]!) return void faults.push(`an event came twice or out of order (${position})`)
    positions[index] = position
    if (!Number.isNaN(arrivedAt[index]!)) return void faults.push('an event came that nobody waited for')
    arrivedAt[index] = machineMilliseconds()
    missing -= 1
    if (missing === 0) complete()
  }

  async function openOne(url: string, index: number, ask: ScreenAsk): Promise<void> {
    const acknowledged = Promise.withResolvers<void>()
    screens[index] = await openScreen(url, index, ask, {
      event: position => arrived(index, position),
      acknowledged: acknowledged.resolve,
      fault: text => {
        faults.push(text)
        acknowledged.reject(new Error(text))
      },
      closed: () => faults.push('a screen lost its connection'),
    })
    await acknowledged.promise
  }

  return {
    async open({ url, asks, count }) {
      screens = new Array(count)
      positions = new Float64Array(count)
      arrivedAt = new Float64Array(count)
      faults = []
      let next = 0
      const opener = async () => {
        while (next < count) {
          const index = next++
          await openOne(url, index, asks[index % asks.length]!)
        }
      }
      await Promise.all(Array.from({ length: openingAtOnce }, opener))
      return count
    },
    expectEvent() {
      missing = screens.length
      arrivedAt.fill(Number.NaN)
      return missing
    },
    async arrivals({ timeoutMs }) {
      if (missing > 0) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, timeoutMs)
          complete = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const lost = missing > 0 ? [`${missing} screens did not get an event within ${timeoutMs} ms`] : []
      const answer = { at: arrivedAt.slice(), faults: [...new Set(faults), ...lost] }
      faults = []
      return answer
    },
    async close() {
      faults = []
      for (const screen of screens) screen.close()
      const closed = screens.length
      screens = []
      return closed
    },
  }
}
