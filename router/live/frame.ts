/**
 * One event, or heartbeat, made ready once for all screens of a group (成帧). Over WebSocket it is the second fragment of a message whose
 * first fragment is the subscriber's own and never changes; over SSE it is the whole message.
 */
export type Frame = {
  position: number
  /** `{"data":…}` as the client gets it. */
  json: string
  webSocketTail(): Buffer
  eventStreamMessage(): Buffer
}

export function createFrame(position: number, json: string): Frame {
  let tail: Buffer | undefined
  let message: Buffer | undefined
  return {
    position,
    json,
    webSocketTail() {
      tail ??= webSocketFragment(Buffer.from(`${json}}`), 'last')
      return tail
    },
    eventStreamMessage() {
      message ??= Buffer.from(eventStreamNext(json))
      return message
    },
  }
}

/** The subscriber's first fragment of every message `next` with this operation id. */
export function webSocketHead(operationId: string): Buffer {
  return webSocketFragment(Buffer.from(`{"id":${JSON.stringify(operationId)},"type":"next","payload":`), 'first')
}

export function eventStreamNext(json: string): string {
  return `event: next\ndata: ${json}\n\n`
}

/** RFC 6455 §5.2: opcode 1 begins a text message, 0 continues it, the high bit ends it; servers do not mask. */
function webSocketFragment(payload: Buffer, place: 'first' | 'last'): Buffer {
  const start = place === 'first' ? 0x01 : 0x80
  const { length } = payload
  if (length < 126) return Buffer.concat([Buffer.from([start, length]), payload])
  const header = Buffer.alloc(length < 65_536 ? 4 : 10)
  header[0] = start
  if (length < 65_536) {
    header[1] = 126
    header.writeUInt16BE(length, 2)
  } else {
    header[1] = 127
    header.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([header, payload])
}
