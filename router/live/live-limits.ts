/** What one client may hold open (连接限额). */
export type LiveLimits = {
  /** WebSocket messages from a client, bytes: documents, not data. */
  messageBytes: number
  /** Fragments of one message: browsers send one. */
  fragments: number
  /** A connection that has not said who it is by then is closed with 4408, milliseconds. */
  initTimeoutMs: number
  /** Connections from one address: a county's offices may share one. */
  connectionsPerAddress: number
  /** Operations under way on one connection. */
  operationsPerConnection: number
  /** Bytes that wait for a reader who does not keep up before he is cut. */
  unreadBytes: number
  /** Silence after which a connection is asked whether it lives, milliseconds; it is ended when it has not answered by the next time. */
  pingMs: number
}

export const defaultLiveLimits: LiveLimits = {
  messageBytes: 64 * 1024,
  fragments: 64,
  initTimeoutMs: 3_000,
  connectionsPerAddress: 1_000,
  operationsPerConnection: 50,
  unreadBytes: 1024 * 1024,
  pingMs: 15_000,
}
