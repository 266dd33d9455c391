import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import { identityHeader, type identitySigner } from '../subgraphs/shared/identity.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import type { SubgraphName } from '../subgraphs/shared/subgraph.ts'
import { hopIdentity } from './hop-identity.ts'
import { leavingError } from './leaving-error.ts'
import type { PlannedRequest, Planner } from './planner.ts'
import { postJson } from './post-json.ts'

/** An Apollo Router forwards one header to every subgraph it asks, so one identity is signed for all of them. */
const audience: SubgraphName[] = ['cases', 'evaluations', 'workflow', 'exchange']

/** How long the whole operation may take there, milliseconds; it has shorter times of its own for each subgraph. */
const timeoutMs = 30_000

/**
 * Hands queries and mutations to an Apollo Router that runs the same supergraph with `apollo-router.yaml` (外部规划器).
 * Subscriptions stay with the door, which needs nothing that Apollo sells.
 */
export function createApolloPlanner(options: {
  url: string
  sign: ReturnType<typeof identitySigner>
  log: Log
}): Planner {
  const { url, log } = options
  const identify = hopIdentity(options.sign, audience)
  const agent = new (url.startsWith('https:') ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 256 })

  return {
    async execute({ text, variables, operationName, viewer, document }: PlannedRequest) {
      const isRepeatable = !document.definitions.some(
        definition => definition.kind === 'OperationDefinition' && definition.operation === 'mutation',
      )
      try {
        const result = await postJson({
          url,
          agent,
          body: JSON.stringify({ query: text, variables, operationName }),
          headers: { [identityHeader]: await identify(viewer) },
          signal: AbortSignal.timeout(timeoutMs),
          isRepeatable,
        })
        return result.errors
          ? { data: result.data ?? null, errors: result.errors.map(error => leavingError(error, log)) as never }
          : { data: result.data }
      } catch (error) {
        log.error({ error }, 'the Apollo Router did not answer')
        return { data: null, errors: [graphError('SUBGRAPH_UNAVAILABLE')] }
      }
    },
    async stop() {
      agent.destroy()
    },
  }
}
