import type { FastifyInstance } from 'fastify'
import { buildSchema, type DocumentNode, type ExecutionResult } from 'graphql'
import { textOf } from '../subgraphs/shared/local-subgraph.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import type { Subgraph, SubgraphName } from '../subgraphs/shared/subgraph.ts'
import type { Viewer } from '../subgraphs/shared/viewer.ts'
import { type Authentication, createAuthentication } from './authentication.ts'
import { createDocuments } from './documents.ts'
import { createEventStreams } from './event-streams.ts'
import { graphqlHttp } from './graphql-http.ts'
import { createDoorCounters, type DoorCounters } from './live/door-counters.ts'
import type { FeedTimes } from './live/feed-source.ts'
import { createFeeds } from './live/feeds.ts'
import { defaultLiveLimits, type LiveLimits } from './live/live-limits.ts'
import { watchSessions } from './live/session-watch.ts'
import { createOperationRunner } from './operation-runner.ts'
import type { Planner } from './planner.ts'
import { documentChooser, type RegisteredDocuments } from './registered-documents.ts'
import { createSubscriptions } from './subscriptions.ts'

export type DoorOptions = {
  subgraphs: Record<SubgraphName, Subgraph>
  planner: Planner
  publicSchemaText: string
  supergraphText: string
  isDevelopment: boolean
  registeredDocuments?: RegisteredDocuments
  /** Origins of other sites whose pages may ask; same-origin pages always may. */
  allowedOrigins: string[]
  /** What differs from the defaults, for a bench or a small machine. */
  liveLimits?: Partial<LiveLimits>
  feedTimes?: Partial<FeedTimes>
  log: Log
}

export type DoorCounts = DoorCounters & { connections: number; groups: number; members: number }

export type Door = {
  authentication: Authentication
  /** Puts `/graphql` and `/schema.graphql` on the server. */
  register(server: FastifyInstance): Promise<void>
  /** Runs a query or a mutation for a caller of this process that has its viewer already: pages and REST. */
  execute(request: {
    text?: string
    document?: DocumentNode
    variables?: Record<string, unknown>
    operationName?: string
    viewer: Viewer
  }): Promise<ExecutionResult>
  /** What is open now and what was counted since the start, for metrics. */
  counts(): DoorCounts
  /** Tells all live clients to come back elsewhere, then ends everything. */
  stop(): Promise<void>
}

/** The door of the hub (入口): whoever asks is known, what is asked is within limits, and nothing reaches a subgraph by another way. */
export function createDoor(options: DoorOptions): Door {
  const { subgraphs, planner, publicSchemaText, isDevelopment, log } = options
  const schema = buildSchema(publicSchemaText)
  const documents = createDocuments({ schema, isDevelopment })
  const runner = createOperationRunner({ documents, schema, planner })
  const authentication = createAuthentication({ cases: subgraphs.cases, log })
  const chooseDocument = documentChooser({ registered: options.registeredDocuments, isDevelopment })
  const { allowedOrigins } = options
  const limits = { ...defaultLiveLimits, ...options.liveLimits }
  const counters = createDoorCounters()
  const feeds = createFeeds({
    schema,
    supergraphText: options.supergraphText,
    subgraphs,
    planner,
    times: options.feedTimes,
    log,
    onRead() {
      counters.feedReads += 1
    },
  })
  const sessions = watchSessions({ authentication })
  const shared = { runner, feeds, sessions, limits, counters }
  const streams = createEventStreams(shared)
  const entrance = { authentication, chooseDocument, isDevelopment, allowedOrigins, log }
  const subscriptions = createSubscriptions({ ...shared, ...entrance, schema })
  let leaving: Promise<void> | undefined
  const sendAway = () => {
    leaving ??= (async () => {
      sessions.stop()
      streams.stop()
      await subscriptions.stop()
    })()
    return leaving
  }

  return {
    authentication,
    async register(server) {
      await server.register(graphqlHttp({ ...entrance, runner, publicSchemaText, stream: streams.stream }))
      subscriptions.attach(server.server)
      // A server waits for its WebSockets, which nobody else would end.
      server.addHook('preClose', sendAway)
    },
    async execute({ text, document, variables, operationName, viewer }) {
      const ready = runner.ready({ text: text ?? textOf(document!), variables, operationName, viewer })
      return Array.isArray(ready) ? { errors: ready } : runner.run(ready, viewer)
    },
    counts: () => ({ ...counters, ...feeds.counts(), connections: sessions.connections() }),
    async stop() {
      await sendAway()
      feeds.stop()
      await planner.stop()
    },
  }
}
