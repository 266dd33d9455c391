import type { IncomingMessage } from 'node:http'

/** Counts connections per address (按来源计数). */
export function countAddresses(limit: number) {
  const counts = new Map<string, number>()
  const addressOf = (request: IncomingMessage) => request.socket.remoteAddress ?? ''
  return {
    isFull: (request: IncomingMessage) => (counts.get(addressOf(request)) ?? 0) >= limit,
    /** Counts a connection until the returned function is called. */
    enter(request: IncomingMessage): () => void {
      const address = addressOf(request)
      counts.set(address, (counts.get(address) ?? 0) + 1)
      return () => {
        const left = (counts.get(address) ?? 1) - 1
        if (left > 0) counts.set(address, left)
        else counts.delete(address)
      }
    },
  }
}

/**
 * Decides on a WebSocket upgrade (握手检查): browsers send an origin, and CORS does not apply, so pages of other sites are kept out here.
 * The status line of the refusal; null when it may go on.
 */
export function admitUpgrade(
  request: IncomingMessage,
  allowedOrigins: string[],
  addresses: ReturnType<typeof countAddresses>,
): string | null {
  const { origin, host } = request.headers
  const isOwn = !origin || originHost(origin) === host
  if (!isOwn && !allowedOrigins.includes(origin)) return '403 Forbidden'
  if (addresses.isFull(request)) return '429 Too Many Requests'
  return null
}

function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
