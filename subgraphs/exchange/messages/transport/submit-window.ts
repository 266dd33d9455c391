/** At most `size` at once, the others wait in line (滑动窗口); `empty` resolves when nobody is inside or waiting. */
export function submitWindow(size: number) {
  const line: (() => void)[] = []
  let inside = 0
  let emptied: (() => void)[] = []

  async function within<T>(work: () => Promise<T>): Promise<T> {
    if (inside >= size) await new Promise<void>(resolve => line.push(resolve))
    else inside++
    try {
      return await work()
    } finally {
      leave()
    }
  }

  /** The place goes straight to the next in line, so that nobody who comes meanwhile can take it. */
  function leave() {
    const next = line.shift()
    if (next) return next()
    inside--
    if (inside > 0) return
    for (const resolve of emptied) resolve()
    emptied = []
  }

  return {
    within,
    empty: () => (inside === 0 ? Promise.resolve() : new Promise<void>(resolve => emptied.push(resolve))),
  }
}
