import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Line = {
  /** Where clients connect instead. */
  url: string
  /** Swallows every byte both ways while connections seem to stand, as a dead network does. */
  cut(): void
  /** Carries bytes again; connections of before are gone, as after a long cut. */
  mend(): void
  stop(): Promise<void>
}

/** A TCP line to a server that can be cut (网络中断): nothing is refused or closed, it only falls silent. */
export async function openLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let isCut = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  }
  const server = createServer(near => {
    const far = connect({ host: hostname, port: Number(port) })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      keep(from)
      from.on('data', chunk => {
        if (!isCut) to.write(chunk)
      })
      from.on('close', () => {
        if (!isCut) to.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    cut() {
      isCut = true
    },
    mend() {
      isCut = false
      for (const socket of sockets) socket.destroy()
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
