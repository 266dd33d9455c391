export type Wait = (attempt: number) => { done: Promise<void>; cancel(): void }

/** Waits that double up to ten seconds, each shortened by up to half at random (抖动), so that a thousand groups do not come back at once. */
export function jitteredWait(firstMs = 200, longestMs = 10_000): Wait {
  return attempt => {
    const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 16))
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, full * (0.5 + Math.random() / 2))
    return {
      done: promise,
      cancel() {
        clearTimeout(timer)
        resolve()
      },
    }
  }
}
