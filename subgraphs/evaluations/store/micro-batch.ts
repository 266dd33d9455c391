/** Work that is cheaper together: items that arrive while a batch is under way make the next one. */
export type MicroBatch<Item, Answer> = {
  add(item: Item): Promise<Answer>
  /** Resolves when everything that was added has been answered. */
  drain(): Promise<void>
}

type Waiting<Item, Answer> = { item: Item; resolve(answer: Answer): void; reject(error: unknown): void }

/**
 * Collects what arrives in one turn of the event loop, and while `atOnce` batches are under way, up to `largest`. An item that
 * comes alone is not held back, and under load the batches grow by themselves, so there is no waiting time to tune.
 * A batch that fails by one of its items is tried again one by one, so that only the bad item fails.
 */
export function createMicroBatch<Item, Answer>(options: {
  largest: number
  atOnce: number
  /** Answers in the order of the items. */
  work(items: Item[]): Promise<Answer[]>
  /** Whether an error may come from one item alone; false for an outage, which would hit each of them again. */
  isFaultOfOne(error: unknown): boolean
}): MicroBatch<Item, Answer> {
  const { largest, atOnce, work, isFaultOfOne } = options
  let waiting: Waiting<Item, Answer>[] = []
  let underWay = 0
  let isCollecting = false
  let drained = () => {}

  function collect(): void {
    if (isCollecting || underWay >= atOnce || waiting.length === 0) return
    isCollecting = true
    setImmediate(() => {
      isCollecting = false
      const batch = waiting.slice(0, largest)
      waiting = waiting.slice(largest)
      underWay += 1
      void answer(batch).finally(() => {
        underWay -= 1
        if (waiting.length === 0 && underWay === 0) drained()
        collect()
      })
      collect()
    })
  }

  async function answer(batch: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await work(batch.map(({ item }) => item))
      batch.forEach(({ resolve }, index) => {
        resolve(answers[index]!)
      })
    } catch (error) {
      if (batch.length === 1 || !isFaultOfOne(error)) {
        for (const { reject } of batch) reject(error)
        return
      }
      for (const alone of batch) await answer([alone])
    }
  }

  return {
    add: item =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        collect()
      }),
    drain: () =>
      new Promise(resolve => {
        if (waiting.length === 0 && underWay === 0) return resolve()
        drained = resolve
      }),
  }
}
