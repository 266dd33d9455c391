import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql'
import { type Context, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import { anonymousViewer } from '../subgraphs/shared/viewer.ts'
import type { Authentication } from './authentication.ts'
import { readGraphqlRequest } from './graphql-request.ts'
import { closeCodes } from './live/close-codes.ts'
import type { DoorCounters } from './live/door-counters.ts'
import type { Feeds } from './live/feeds.ts'
import type { LiveLimits } from './live/live-limits.ts'
import type { SessionWatch } from './live/session-watch.ts'
import { createSocketClient, type SocketClient } from './live/socket-client.ts'
import { admitUpgrade, countAddresses } from './live/upgrade.ts'
import type { OperationRunner, ReadyOperation } from './operation-runner.ts'
import type { documentChooser } from './registered-documents.ts'

export type SubscriptionsOptions = {
  schema: GraphQLSchema
  runner: OperationRunner
  feeds: Feeds
  sessions: SessionWatch
  authentication: Authentication
  chooseDocument: ReturnType<typeof documentChooser>
  isDevelopment: boolean
  allowedOrigins: string[]
  limits: LiveLimits
  counters: DoorCounters
  log: Log
}

type Extra = { client: SocketClient }
type OperationContext = { ready: ReadyOperation; client: SocketClient; id: string }

/** The graph over WebSocket (实时入口): graphql-transport-ws on `/graphql`. The protocol is graphql-ws's, the events' way to the socket is ours. */
export function createSubscriptions(options: SubscriptionsOptions): {
  attach(server: Server): void
  stop(): Promise<void>
} {
  const { schema, runner, feeds, sessions, authentication, chooseDocument, isDevelopment, limits, counters, log } =
    options
  const clients = new Set<SocketClient>()
  const addresses = countAddresses(limits.connectionsPerAddress)
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
    maxFragments: limits.fragments,
    handleProtocols,
  })

  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.initTimeoutMs,
    async onConnect({ connectionParams, extra: { client } }) {
      const refused = await identify(client, connectionParams)
      if (refused?.extensions.code === 'SUBGRAPH_UNAVAILABLE') client.close(closeCodes.notCheckable)
      if (refused) return false
      sessions.add(client.connection)
      return true
    },
    async onSubscribe(context, id, payload) {
      // Before anything is waited for: several may come in one packet.
      const underWay = Object.keys(context.subscriptions).length
      if (underWay > limits.operationsPerConnection)
        return [graphError('TOO_MANY_OPERATIONS', { limit: limits.operationsPerConnection })]
      const refused = isDevelopment && (await identifyByConsole(context.extra.client, payload))
      if (refused) return [refused]
      const ready = prepare(context, payload)
      if (Array.isArray(ready)) return ready
      const contextValue: OperationContext = { ready, client: context.extra.client, id }
      const operationName = ready.operation.node.name?.value
      return { schema, document: ready.prepared.document, operationName, variableValues: ready.variables, contextValue }
    },
    execute: ({ contextValue }) => {
      const { ready, client } = contextValue as OperationContext
      return runner.run(ready, client.connection.viewer)
    },
    subscribe: ({ contextValue }) => {
      const { ready, client, id } = contextValue as OperationContext
      return client.subscribe(feeds, ready, id)
    },
    // Errors of our answers are plain objects that may leave as they are.
    onNext: (_context, _id, _payload, _args, result: ExecutionResult) => result as never,
  })

  async function identify(
    client: SocketClient,
    given: Record<string, unknown> | undefined,
  ): Promise<GraphQLError | null> {
    const presented = given?.authorization ?? given?.Authorization
    const credential = typeof presented === 'string' && presented ? presented : undefined
    const viewer = await authentication.authenticate(credential)
    if (viewer instanceof GraphQLError) return viewer
    Object.assign(client.connection, { credential, viewer, checkedAt: Date.now() })
    return null
  }

  // GraphiQL connects before anybody typed a credential into its header pane, and sends that pane with each operation.
  async function identifyByConsole(
    client: SocketClient,
    { extensions }: SubscribePayload,
  ): Promise<GraphQLError | null> {
    const headers = extensions?.headers as Record<string, unknown> | undefined
    return headers && client.connection.credential === undefined ? identify(client, headers) : null
  }

  function prepare(
    context: Context<Record<string, unknown>, Extra>,
    payload: SubscribePayload,
  ): ReadyOperation | GraphQLError[] {
    const parameters = readGraphqlRequest(payload)
    if (parameters instanceof GraphQLError) return [parameters]
    const { viewer } = context.extra.client.connection
    const text = chooseDocument(parameters, viewer)
    return text instanceof GraphQLError ? [text] : runner.ready({ ...parameters, text, viewer })
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!request.url?.startsWith('/graphql')) return
    const refused = admitUpgrade(request, options.allowedOrigins, addresses)
    if (refused) {
      counters.connectionsRefused += 1
      socket.end(`HTTP/1.1 ${refused}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const release = addresses.enter(request)
    socket.once('close', release)
    sockets.handleUpgrade(request, socket, head, webSocket => open(webSocket, socket as Socket))
  }

  function open(webSocket: WebSocket, socket: Socket): void {
    const client = createSocketClient({ webSocket, socket, viewer: anonymousViewer, limits, counters })
    clients.add(client)
    const closed = protocol.opened(
      {
        protocol: webSocket.protocol,
        send: data => client.sendText(data),
        close: (code, reason) => webSocket.close(code, reason),
        onMessage: listener => {
          webSocket.on('message', data => {
            listener(String(data)).catch(error => {
              log.error({ error }, 'a message of a WebSocket client could not be handled')
              webSocket.close(4500, 'Internal server error')
            })
          })
        },
      },
      { client },
    )
    // A client's faulty frame closes its own socket (1002, 1007, 1009); there is nothing to do about it.
    webSocket.on('error', () => {})
    webSocket.on('close', (code, reason) => {
      clients.delete(client)
      sessions.remove(client.connection)
      client.leaveAll()
      void closed(code, String(reason))
    })
  }

  const pinging = setInterval(() => {
    for (const client of clients) client.ping()
  }, limits.pingMs)

  let server: Server | null = null
  return {
    attach(given) {
      server = given.on('upgrade', upgrade)
    },
    async stop() {
      clearInterval(pinging)
      server?.off('upgrade', upgrade)
      const left = [...clients].map(client => client.goAway())
      await Promise.all(left)
      sockets.close()
    },
  }
}
