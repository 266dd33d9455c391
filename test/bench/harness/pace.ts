/** CLOSED: so many at once, each followed by the next. OPEN: so many a second, whether answers come or not. */
export type Pace = { kind: 'CLOSED'; concurrency: number } | { kind: 'OPEN'; perSecond: number }

/**
 * Does `total` pieces of work at a pace; answers milliseconds of each. At an open pace a piece counts from when it was due, not from
 * when it was sent: a stalled server would otherwise hide the wait of everybody behind (coordinated omission).
 */
export async function paced(total: number, pace: Pace, piece: (index: number) => Promise<void>): Promise<Float64Array> {
  const milliseconds = new Float64Array(total)
  if (pace.kind === 'CLOSED') await closed(total, pace.concurrency, milliseconds, piece)
  else await open(total, pace.perSecond, milliseconds, piece)
  return milliseconds
}

async function closed(
  total: number,
  concurrency: number,
  milliseconds: Float64Array,
  piece: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < total) {
      const index = next++
      const sentAt = performance.now()
      await piece(index)
      milliseconds[index] = performance.now() - sentAt
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, total) }, worker))
}

async function open(
  total: number,
  perSecond: number,
  milliseconds: Float64Array,
  piece: (index: number) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now()
  const dueAt = (index: number) => startedAt + (index * 1000) / perSecond
  const running: Promise<void>[] = []
  while (running.length < total) {
    while (running.length < total && dueAt(running.length) <= performance.now()) {
      const index = running.length
      const done = () => {
        milliseconds[index] = performance.now() - dueAt(index)
      }
      running.push(piece(index).then(done))
    }
    if (running.length < total)
      await new Promise(resolve => setTimeout(resolve, Math.max(0, dueAt(running.length) - performance.now())))
  }
  await Promise.all(running)
}
