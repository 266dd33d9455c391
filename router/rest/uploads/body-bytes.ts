import type { Readable } from 'node:stream'

/** A sender that is silent for so long is gone, milliseconds; somebody has pulled a plug. */
export const defaultIdleMs = 120_000

/** The bytes of a request as they come (请求体). Throws when the sender ends in the middle or stays silent; stopping early leaves the connection open for the answer. */
export async function* bodyBytes(body: Readable, idleMs: number): AsyncGenerator<Buffer, void> {
  const chunks = body.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const timer = setTimeout(() => body.destroy(new Error('the sender was silent for too long')), idleMs)
      const step = await chunks.next().finally(() => clearTimeout(timer))
      if (step.done) return
      yield step.value
    }
  } finally {
    await chunks.return?.()
    // What is left of a refused file is read away, so that a sender that reads only afterwards gets its answer.
    body.resume()
  }
}
