import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLError } from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Viewer } from '../subgraphs/shared/viewer.ts'
import type { LiveConnection } from './live/connection.ts'
import type { DoorCounters } from './live/door-counters.ts'
import type { Feeds } from './live/feeds.ts'
import { eventStreamNext, type Frame } from './live/frame.ts'
import type { LiveLimits } from './live/live-limits.ts'
import type { SessionWatch } from './live/session-watch.ts'
import { subscribeMember } from './live/subscriber.ts'
import type { OperationRunner, ReadyOperation } from './operation-runner.ts'

const complete = 'event: complete\ndata: \n\n'

export type EventStreams = {
  stream(request: FastifyRequest, reply: FastifyReply, ready: ReadyOperation, viewer: Viewer): void
  stop(): void
}

/** Subscriptions for those who have HTTP only (事件流): graphql-sse's distinct connections mode, over the same feeds and frames as WebSocket. */
export function createEventStreams(options: {
  runner: OperationRunner
  feeds: Feeds
  sessions: SessionWatch
  limits: LiveLimits
  counters: DoorCounters
}): EventStreams {
  const { runner, feeds, sessions, limits, counters } = options
  const open = new Set<{ end(error?: GraphQLError): void; response: FastifyReply['raw'] }>()
  const keepAlive = setInterval(() => {
    for (const { response } of open) response.write(':\n\n')
  }, limits.pingMs)

  return {
    stream(request, reply, ready, viewer) {
      reply.hijack()
      const response = reply.raw
      response.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      })
      if (ready.operation.node.operation !== 'subscription') {
        void runner.run(ready, viewer).then(result => response.end(eventStreamNext(JSON.stringify(result)) + complete))
        return
      }
      response.flushHeaders()

      const end = (error?: GraphQLError) => {
        if (response.writableEnded) return
        response.end((error ? eventStreamNext(JSON.stringify({ errors: [error] })) : '') + complete)
      }
      const connection: LiveConnection = {
        credential: request.headers.authorization,
        viewer,
        checkedAt: Date.now(),
        members: new Set(),
        close: reason => end(graphError(reason === 'RIGHT_LOST' ? 'UNAUTHENTICATED' : 'SUBGRAPH_UNAVAILABLE')),
      }
      const send = (frame: Frame) => {
        if (response.writableEnded) return
        response.write(frame.eventStreamMessage())
        counters.framesSent += 1
        if (response.writableLength <= limits.unreadBytes) return
        counters.slowReadersCut += 1
        response.destroy()
      }
      const subscriber = subscribeMember({ feeds, ready, connection, send })
      const stream = { end, response }
      open.add(stream)
      sessions.add(connection)
      subscriber.ended.then(() => end(), end)
      response.once('close', () => {
        open.delete(stream)
        sessions.remove(connection)
        subscriber.leave()
      })
    },
    stop() {
      clearInterval(keepAlive)
      for (const { end } of open) end()
    },
  }
}
