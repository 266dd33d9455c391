import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { type ExecutionResult, getOperationAST } from 'graphql'
import { type Client, createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { identityHeader, type identitySigner } from '../subgraphs/shared/identity.ts'
import { textOf } from '../subgraphs/shared/local-subgraph.ts'
import type { Subgraph, SubgraphName, SubgraphRequest } from '../subgraphs/shared/subgraph.ts'
import { type Viewer, visibilityKey } from '../subgraphs/shared/viewer.ts'
import { hopIdentity } from './hop-identity.ts'
import { postJson } from './post-json.ts'
import { pushIterator } from './push-iterator.ts'

/** Waits between attempts to reach a subgraph again, milliseconds: doubling, with jitter so that a thousand routers do not come back at once. */
const firstRetryMs = 100
const longestRetryMs = 5_000

/** Comes from a remote subscription each time its connection stands, so also when it was lost and is back: whoever reads the feed must catch up at once. */
export const connectedMarker: ExecutionResult = { data: null, extensions: { connected: true } }

/**
 * A subgraph behind an address (远程子图): POST over kept-alive connections, graphql-transport-ws for subscriptions.
 * A lost subscription comes back by itself, for ever, with a fresh identity, and yields `connectedMarker` each time.
 */
export function createRemoteSubgraph(options: {
  name: SubgraphName
  url: string
  sign: ReturnType<typeof identitySigner>
}): Subgraph {
  const { name, url } = options
  const identify = hopIdentity(options.sign, name)
  const isSecure = url.startsWith('https:')
  const agent = new (isSecure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 256, keepAliveMsecs: 15_000 })
  const clients = new Map<string, { client: Client; subscriptions: number }>()

  function clientFor(viewer: Viewer): { client: Client; release(): void } {
    const key = `${viewer.id} ${visibilityKey(viewer)}`
    const known = clients.get(key) ?? { client: connect(viewer), subscriptions: 0 }
    clients.set(key, known)
    known.subscriptions += 1
    return {
      client: known.client,
      release() {
        known.subscriptions -= 1
        if (known.subscriptions > 0) return
        clients.delete(key)
        void disposeOf(known.client)
      },
    }
  }

  function connect(viewer: Viewer): Client {
    return createClient({
      url: url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: async () => ({ [identityHeader]: await identify(viewer) }),
      keepAlive: 10_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: attempt =>
        new Promise(resolve =>
          setTimeout(resolve, Math.min(longestRetryMs, firstRetryMs * 2 ** attempt) * (0.5 + Math.random() / 2)),
        ),
    })
  }

  return {
    name,
    async execute({ document, variables, operationName, viewer, signal }: SubgraphRequest) {
      const body = JSON.stringify({ query: textOf(document), variables, operationName })
      return postJson({
        url,
        agent,
        body,
        signal,
        headers: { [identityHeader]: await identify(viewer) },
        isRepeatable: getOperationAST(document, operationName)?.operation !== 'mutation',
      })
    },
    async subscribe({ document, variables, operationName, viewer }) {
      const { client, release } = clientFor(viewer)
      let unsubscribe = () => {}
      const stream = pushIterator<ExecutionResult>(() => {
        unsubscribe()
        stopListening()
        release()
      })
      const stopListening = client.on('connected', () => stream.push(connectedMarker))
      unsubscribe = client.subscribe<Record<string, unknown>, unknown>(
        { query: textOf(document), variables, operationName },
        {
          next: result => stream.push(result as ExecutionResult),
          error: errors => {
            stream.push({ errors: Array.isArray(errors) ? errors : [] })
            stream.end()
          },
          complete: () => stream.end(),
        },
      )
      return stream
    },
    async stop() {
      for (const { client } of clients.values()) await disposeOf(client)
      agent.destroy()
    },
  }
}

/** A client that is disposed of while it connects rejects when that fails; nobody waits for it any more. */
async function disposeOf(client: Client): Promise<void> {
  await Promise.resolve(client.dispose()).catch(() => {})
}
