import { GraphQLError } from 'graphql'
import { visibilityKey } from '../../subgraphs/shared/viewer.ts'
import type { Authentication } from '../authentication.ts'
import type { LiveConnection } from './connection.ts'

/** Each connection's credential is looked at again after this long, milliseconds; with the 10 s that answers are kept, a lost right shows within 30 s (F25). */
const recheckMs = 15_000
const roundMs = 1_000

export type SessionWatch = {
  add(connection: LiveConnection): void
  remove(connection: LiveConnection): void
  connections(): number
  stop(): void
}

/** Ends connections whose holder signed out, was dismissed or got other rights (会话复核). */
export function watchSessions(options: {
  authentication: Authentication
  now?: () => number
  roundEveryMs?: number
}): SessionWatch {
  const { authentication, now = Date.now, roundEveryMs = roundMs } = options
  const connections = new Set<LiveConnection>()
  const timer = setInterval(() => {
    for (const connection of connections) {
      if (connection.credential === undefined || now() - connection.checkedAt < recheckMs) continue
      connection.checkedAt = now()
      void recheck(connection)
    }
  }, roundEveryMs)

  async function recheck(connection: LiveConnection): Promise<void> {
    const viewer = await authentication.authenticate(connection.credential)
    if (!connections.has(connection)) return
    if (viewer instanceof GraphQLError) {
      connection.close(viewer.extensions.code === 'SUBGRAPH_UNAVAILABLE' ? 'NOT_CHECKABLE' : 'RIGHT_LOST')
    } else if (visibilityKey(viewer) !== visibilityKey(connection.viewer)) {
      connection.close('RIGHT_LOST')
    } else {
      connection.viewer = viewer
      for (const member of connection.members) member.viewer = viewer
    }
  }

  return {
    add: connection => void connections.add(connection),
    remove: connection => void connections.delete(connection),
    connections: () => connections.size,
    stop: () => clearInterval(timer),
  }
}
