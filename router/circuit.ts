/** This many failures in a row open a circuit. */
const failuresToOpen = 5
/** So many requests waiting, the oldest for `stuckMs`, and no answer since it began: the other side hangs (F15: open within 2 s). */
const waitingToOpen = 8
const stuckMs = 1_500
/** While open, one request is let through as a probe each so often. */
const probeEveryMs = 1_000

export type Circuit = {
  /** Null when the circuit is open; otherwise how to say what became of the request. */
  enter(): { answered(): void; failed(): void } | null
  isOpen(): boolean
}

/** Stops asking somebody who does not answer (熔断), so that one subgraph that is down or hangs does not slow the others. */
export function createCircuit(now: () => number): Circuit {
  const waiting = new Set<{ since: number }>()
  let failures = 0
  let lastAnswerAt = Number.NEGATIVE_INFINITY
  let openSince: number | null = null
  let nextProbeAt = 0

  function hangs(): boolean {
    const [oldest] = waiting
    return (
      waiting.size >= waitingToOpen &&
      oldest !== undefined &&
      now() - oldest.since >= stuckMs &&
      lastAnswerAt < oldest.since
    )
  }

  function mayPass(): boolean {
    if (openSince === null && hangs()) open()
    if (openSince === null) return true
    if (now() < nextProbeAt) return false
    nextProbeAt = now() + probeEveryMs
    return true
  }

  function open(): void {
    openSince = now()
    nextProbeAt = now() + probeEveryMs
  }

  return {
    isOpen: () => openSince !== null,
    enter() {
      if (!mayPass()) return null
      const request = { since: now() }
      waiting.add(request)
      return {
        answered() {
          waiting.delete(request)
          failures = 0
          lastAnswerAt = now()
          openSince = null
        },
        failed() {
          waiting.delete(request)
          failures += 1
          if (failures >= failuresToOpen && openSince === null) open()
        },
      }
    },
  }
}
