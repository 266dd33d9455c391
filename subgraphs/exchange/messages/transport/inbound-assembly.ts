import type { InboundPart } from './inbound-text.ts'

type Held = { text: string; acknowledged: boolean; settle: ((outcome: Promise<void>) => void) | null }
type Unfinished = { phone: string; held: Map<number, Held>; giveUp?: NodeJS.Timeout }

type AssemblyOptions = {
  handOver(phone: string, text: string): Promise<void>
  /** How long a part's acknowledgement is held back for the others, milliseconds. */
  restWithinMs: number
  /** How long after the last part an unfinished text is handed over as far as it came, milliseconds. */
  giveUpAfterMs: number
}

/**
 * Puts long inbound texts together. `accept` resolves when the part may be acknowledged: with the whole text handed over. A centre that sends
 * the next part only after the answer to the last would wait for ever, so after `restWithinMs` a part is acknowledged from memory alone:
 * the one place where a crash can lose a part of a text.
 */
export function inboundAssembly({ handOver, restWithinMs, giveUpAfterMs }: AssemblyOptions) {
  const unfinished = new Map<string, Unfinished>()

  function accept(part: InboundPart): Promise<void> {
    if (part.of === 1) return handOver(part.phone, part.text)
    const entry = unfinished.get(part.key) ?? { phone: part.phone, held: new Map() }
    unfinished.set(part.key, entry)
    const kept = hold(entry, part)
    postpone(part.key, entry)
    if (entry.held.size === part.of) finish(part.key, entry, () => true)
    return kept
  }

  function hold(entry: Unfinished, part: InboundPart): Promise<void> {
    return new Promise(resolve => {
      const held: Held = { text: part.text, acknowledged: false, settle: null }
      const timer = setTimeout(() => {
        held.acknowledged = true
        resolve()
      }, restWithinMs)
      held.settle = outcome => {
        clearTimeout(timer)
        resolve(outcome)
      }
      entry.held.get(part.number)?.settle?.(Promise.resolve())
      entry.held.set(part.number, held)
    })
  }

  function postpone(key: string, entry: Unfinished) {
    clearTimeout(entry.giveUp)
    entry.giveUp = setTimeout(() => void finish(key, entry, held => held.acknowledged), giveUpAfterMs)
  }

  /** Hands over the chosen parts in order; what nobody acknowledged comes again when that fails, the rest is kept for then. */
  function finish(key: string, entry: Unfinished, chosen: (held: Held) => boolean): Promise<void> {
    clearTimeout(entry.giveUp)
    unfinished.delete(key)
    const parts = [...entry.held].sort(([a], [b]) => a - b).filter(([, held]) => chosen(held))
    for (const held of entry.held.values())
      if (!chosen(held)) held.settle?.(Promise.reject(new Error('left unfinished')))
    if (parts.length === 0) return Promise.resolve()
    const outcome = handOver(entry.phone, parts.map(([, held]) => held.text).join(''))
    for (const [, held] of parts) held.settle?.(outcome)
    return outcome.catch(() => {
      const kept = parts.filter(([, held]) => held.acknowledged)
      if (kept.length === 0) return
      const again = unfinished.get(key) ?? { ...entry, held: new Map() }
      for (const [number, held] of kept) if (!again.held.has(number)) again.held.set(number, held)
      unfinished.set(key, again)
      postpone(key, again)
    })
  }

  return {
    accept,
    /** Hands over what was acknowledged of unfinished texts; the centre sends the rest again. */
    async stop(): Promise<void> {
      await Promise.all([...unfinished].map(([key, entry]) => finish(key, entry, held => held.acknowledged)))
      for (const { giveUp } of unfinished.values()) clearTimeout(giveUp)
    },
  }
}
