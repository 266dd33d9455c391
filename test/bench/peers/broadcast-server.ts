import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { publisher } from './publisher.ts'

/** `ws` alone: one ready-made buffer to everybody, no schema, no scope, nobody asked who he is. */
const screens = new Set<WebSocket>()
const server = createServer(
  publisher(event => {
    const message = Buffer.from(
      JSON.stringify({ id: '1', type: 'next', payload: { data: { negativeReviews: event } } }),
    )
    for (const screen of screens) screen.send(message, { binary: false })
  }),
)
new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false }).on('connection', screen => {
  screen.on('message', message => {
    if (!message.toString().includes('"connection_init"')) return
    screen.send('{"type":"connection_ack"}')
    screens.add(screen)
  })
  screen.on('close', () => screens.delete(screen))
})
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
