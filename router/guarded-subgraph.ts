import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import type { Subgraph } from '../subgraphs/shared/subgraph.ts'
import { createCircuit } from './circuit.ts'

/** How long one subgraph may take for one fetch, milliseconds. */
export const defaultSubgraphTimeoutMs = 10_000

export type GuardOptions = { timeoutMs?: number; now?: () => number; log: Log }

/**
 * A subgraph whose outage stays its own (隔离): no answer in time, no connection, or an open circuit become one error
 * `SUBGRAPH_UNAVAILABLE` in its part of the answer, never a rejection.
 */
export function guardSubgraph(subgraph: Subgraph, options: GuardOptions): Subgraph {
  const { timeoutMs = defaultSubgraphTimeoutMs, now = () => performance.now(), log } = options
  const circuit = createCircuit(now)
  const unavailable = () => ({ errors: [graphError('SUBGRAPH_UNAVAILABLE')] })
  return {
    ...subgraph,
    async execute(request) {
      const passage = circuit.enter()
      if (!passage) return unavailable()
      const controller = new AbortController()
      const timer = setTimeout(() => controller.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
      try {
        const result = await Promise.race([
          subgraph.execute({ ...request, signal: controller.signal }),
          aborted(controller.signal),
        ])
        passage.answered()
        return result
      } catch (error) {
        const wasOpen = circuit.isOpen()
        passage.failed()
        log.warn({ subgraph: subgraph.name, error }, 'a subgraph did not answer')
        if (!wasOpen && circuit.isOpen()) log.error({ subgraph: subgraph.name }, 'the circuit to a subgraph is open')
        return unavailable()
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
}
