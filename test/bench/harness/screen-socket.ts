import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

export type ScreenSocketEvents = {
  /** A text message of the server. */
  message(text: Buffer): void
  closed(): void
}

export type ScreenSocket = { send(message: object): void; close(): void }

const continuationOpcode = 0x0
const textOpcode = 0x1
const closeOpcode = 0x8
const pingOpcode = 0x9
const pongOpcode = 0xa

/**
 * One screen's WebSocket, written for the load generator: it upgrades, sends text and cuts frames, and leaves everything else out, so
 * that thousands fit into one process without its own work hiding the server's. Resolves when the server has upgraded it.
 */
export function openScreenSocket(
  url: string,
  { localAddress, events }: { localAddress: string; events: ScreenSocketEvents },
): Promise<ScreenSocket> {
  const { hostname, port, host, pathname } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress, noDelay: true })
    let unread: Buffer | null = null
    let fragments: Buffer[] = []
    let isOpen = false
    const take = (opcode: number, isLast: boolean, payload: Buffer) => {
      if (opcode === pingOpcode) return void socket.write(frame(pongOpcode, payload))
      if (opcode === closeOpcode) return void socket.end()
      if (opcode !== textOpcode && opcode !== continuationOpcode) return
      if (isLast && fragments.length === 0) return events.message(payload)
      fragments.push(Buffer.from(payload))
      if (!isLast) return
      events.message(Buffer.concat(fragments))
      fragments = []
    }
    socket.on('connect', () => socket.write(upgradeRequest(host, pathname)))
    socket.on('data', chunk => {
      unread = unread ? Buffer.concat([unread, chunk]) : chunk
      if (!isOpen) {
        const end = unread.indexOf('\r\n\r\n')
        if (end < 0) return
        if (!unread.subarray(0, 12).toString('latin1').endsWith('101')) {
          reject(new Error(`not upgraded: ${unread.subarray(0, 80).toString('latin1')}`))
          return void socket.destroy()
        }
        isOpen = true
        unread = unread.subarray(end + 4)
        resolve({
          send: message => void socket.write(frame(textOpcode, Buffer.from(JSON.stringify(message)))),
          close: () => socket.destroy(),
        })
      }
      unread = cutFrames(unread, take)
    })
    socket.on('error', reject)
    socket.on('close', () => {
      reject(new Error('closed before it was upgraded'))
      if (isOpen) events.closed()
    })
  })
}

/** Hands out every whole frame; answers what is left of the last one. */
function cutFrames(bytes: Buffer, take: (opcode: number, isLast: boolean, payload: Buffer) => void): Buffer | null {
  let at = 0
  while (bytes.length - at >= 2) {
    let length = bytes[at + 1]! & 0x7f
    let start = at + 2
    if (length === 126) {
      if (bytes.length < at + 4) break
      length = bytes.readUInt16BE(at + 2)
      start = at + 4
    } else if (length === 127) {
      if (bytes.length < at + 10) break
      length = Number(bytes.readBigUInt64BE(at + 2))
      start = at + 10
    }
    if (bytes.length < start + length) break
    take(bytes[at]! & 0x0f, (bytes[at]! & 0x80) !== 0, bytes.subarray(start, start + length))
    at = start + length
  }
  return at === bytes.length ? null : bytes.subarray(at)
}

/** A client's frame must be masked; the mask of zeros is one, and leaves the payload as it is. */
function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  const header = Buffer.alloc(length < 126 ? 6 : 8)
  header[0] = 0x80 | opcode
  if (length < 126) header[1] = 0x80 | length
  else {
    header[1] = 0x80 | 126
    header.writeUInt16BE(length, 2)
  }
  return Buffer.concat([header, payload])
}

function upgradeRequest(host: string, path: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    '\r\n',
  ].join('\r\n')
}
