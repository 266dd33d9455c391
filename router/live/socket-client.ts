import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import type { ReadyOperation } from '../operation-runner.ts'
import { closeCodes } from './close-codes.ts'
import type { LiveConnection } from './connection.ts'
import type { DoorCounters } from './door-counters.ts'
import type { Feeds } from './feeds.ts'
import { type Frame, webSocketHead } from './frame.ts'
import type { LiveLimits } from './live-limits.ts'
import { subscribeMember } from './subscriber.ts'

/** A cut or dismissed client has this long to read why, milliseconds; then its socket and what waited in it are dropped. */
const farewellMs = 2_000

export type SocketClient = {
  connection: LiveConnection
  sendText(text: string): void
  /** Follows a feed; the iterator yields nothing, since frames go straight to the socket, and ends when the subscription does. */
  subscribe(feeds: Feeds, ready: ReadyOperation, operationId: string): AsyncGenerator<never>
  ping(): void
  close(reason: { code: number; reason: string }): void
  goAway(): Promise<void>
  leaveAll(): void
}

/** One WebSocket client (实时客户端). */
export function createSocketClient(options: {
  webSocket: WebSocket
  socket: Socket
  viewer: Viewer
  limits: LiveLimits
  counters: DoorCounters
}): SocketClient {
  const { webSocket, socket, limits, counters } = options
  let isAlive = true
  webSocket.on('pong', () => {
    isAlive = true
  })

  const connection: LiveConnection = {
    credential: undefined,
    viewer: options.viewer,
    checkedAt: Date.now(),
    members: new Set(),
    close: reason => close(reason === 'RIGHT_LOST' ? closeCodes.rightLost : closeCodes.notCheckable),
  }

  const isOpen = () => webSocket.readyState === webSocket.OPEN

  function cutIfSlow(): void {
    if (socket.writableLength <= limits.unreadBytes) return
    counters.slowReadersCut += 1
    close(closeCodes.slowReader)
  }

  function close({ code, reason }: { code: number; reason: string }): void {
    if (!isOpen()) return
    leaveAll()
    webSocket.close(code, reason)
    const timer = setTimeout(() => webSocket.terminate(), farewellMs)
    webSocket.once('close', () => clearTimeout(timer))
  }

  function leaveAll(): void {
    for (const member of connection.members) member.end(null)
  }

  return {
    connection,
    close,
    leaveAll,
    sendText(text) {
      if (!isOpen()) return
      webSocket.send(text)
      cutIfSlow()
    },
    subscribe(feeds, ready, operationId) {
      const head = webSocketHead(operationId)
      const send = (frame: Frame) => {
        if (!isOpen()) return
        // Two fragments of one message: the subscriber's own and the group's, so that nothing is copied or serialised per screen.
        socket.cork()
        socket.write(head)
        socket.write(frame.webSocketTail())
        socket.uncork()
        counters.framesSent += 1
        cutIfSlow()
      }
      const subscriber = subscribeMember({ feeds, ready, connection, send })
      return silentUntil(subscriber.ended, subscriber.leave)
    },
    ping() {
      if (!isAlive) return webSocket.terminate()
      isAlive = false
      if (isOpen()) webSocket.ping()
    },
    goAway() {
      const { promise, resolve } = Promise.withResolvers<void>()
      if (webSocket.readyState === webSocket.CLOSED) return Promise.resolve()
      webSocket.once('close', () => resolve())
      close(closeCodes.goingAway)
      return promise
    },
  }
}

function silentUntil(ended: Promise<void>, leave: () => void): AsyncGenerator<never> {
  const done = { done: true as const, value: undefined }
  return {
    next: () => ended.then(() => done),
    async return() {
      leave()
      return done
    },
    async throw(error) {
      leave()
      throw error
    },
    async [Symbol.asyncDispose]() {
      leave()
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
