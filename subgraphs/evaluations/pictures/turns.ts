/** Does work a few at a time and in the order of arrival. */
export type Turns = {
  /** The work's own outcome; null, without starting it, while too many wait. */
  take<T>(work: () => Promise<T>): Promise<T> | null
}

/** `atOnce` at work, up to `mostWaiting` behind them. */
export function createTurns({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): Turns {
  let working = 0
  const waiting: (() => void)[] = []
  const next = () => {
    const start = waiting.shift()
    if (start) start()
    else working--
  }
  const turn = async () => {
    if (working < atOnce) working++
    else await new Promise<void>(resolve => waiting.push(resolve))
  }
  return {
    take(work) {
      if (waiting.length >= mostWaiting && working >= atOnce) return null
      return turn().then(work).finally(next)
    },
  }
}
