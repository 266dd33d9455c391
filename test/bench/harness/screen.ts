import { openScreenSocket, type ScreenSocket } from './screen-socket.ts'

/** What one screen asks for (大屏订阅). */
export type ScreenAsk = { query: string; variables: Record<string, unknown>; authorization: string | null }

/** Milliseconds of the clock that all processes of a machine share. */
export const machineMilliseconds = () => Number(process.hrtime.bigint()) / 1e6

/** Screens of one address; a door may allow a thousand. */
const screensPerAddress = 500

/** The n-th screen comes from its own loopback address, as offices do. */
export const addressOf = (index: number) =>
  `127.0.${1 + (Math.floor(index / screensPerAddress) >> 8)}.${1 + (Math.floor(index / screensPerAddress) & 0xff)}`

const positionMark = Buffer.from('"position":"')
const nextMark = Buffer.from('"type":"next"')
const heartbeatMark = Buffer.from('"HEARTBEAT"')
const epochMark = Buffer.from('"epoch":"')

export type ScreenEvents = {
  /** A feed event that is no heartbeat; epoch is empty where it was not asked for. */
  event(position: number, epoch: string): void
  /** The server took the subscription's connection. */
  acknowledged(): void
  /** Anything that a screen must not get. */
  fault(text: string): void
  closed(): void
}

/** One screen that speaks graphql-transport-ws: it says who it is, subscribes, and looks only at the position of what comes. */
export async function openScreen(
  url: string,
  index: number,
  ask: ScreenAsk,
  events: ScreenEvents,
): Promise<ScreenSocket> {
  const message = (text: Buffer) => {
    if (text.includes(nextMark) && text.includes(positionMark)) {
      if (!text.includes(heartbeatMark))
        events.event(Number(valueBehind(text, positionMark)), valueBehind(text, epochMark))
      return
    }
    const { type, payload } = JSON.parse(text.toString('utf8'))
    if (type === 'connection_ack') {
      const { query, variables } = ask
      screen.send({ id: '1', type: 'subscribe', payload: { query, variables } })
      events.acknowledged()
    } else if (type === 'ping') screen.send({ type: 'pong' })
    else if (type !== 'pong') events.fault(`${type} ${JSON.stringify(payload)}`)
  }
  const screen = await openScreenSocket(url, {
    localAddress: addressOf(index),
    events: { message, closed: events.closed },
  })
  const { authorization } = ask
  screen.send({ type: 'connection_init', payload: authorization ? { authorization: `Bearer ${authorization}` } : {} })
  return screen
}

function valueBehind(text: Buffer, mark: Buffer): string {
  const from = text.indexOf(mark)
  if (from < 0) return ''
  const start = from + mark.length
  return text.toString('latin1', start, text.indexOf(0x22, start))
}
