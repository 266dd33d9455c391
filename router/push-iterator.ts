export type PushIterator<T> = AsyncIterableIterator<T> & { push(value: T): void; end(): void }

/**
 * Turns calls into an async iterator (推送转迭代). `return()` takes effect at once, even while `next()` waits; `onEnd` runs exactly once.
 */
export function pushIterator<T>(onEnd: () => void): PushIterator<T> {
  const queue: T[] = []
  let waiting: ((step: IteratorResult<T>) => void) | null = null
  let hasEnded = false

  function finish(): void {
    if (hasEnded) return
    hasEnded = true
    waiting?.({ done: true, value: undefined })
    waiting = null
    onEnd()
  }

  return {
    push(value) {
      if (hasEnded) return
      if (!waiting) queue.push(value)
      else {
        const resolve = waiting
        waiting = null
        resolve({ done: false, value })
      }
    },
    end: finish,
    next() {
      if (queue.length > 0) return Promise.resolve({ done: false, value: queue.shift()! })
      if (hasEnded) return Promise.resolve({ done: true, value: undefined })
      return new Promise(resolve => {
        waiting = resolve
      })
    },
    async return(value) {
      queue.length = 0
      finish()
      return { done: true, value }
    },
    async throw(error) {
      finish()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
