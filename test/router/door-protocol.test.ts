import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { type Hub, startHub } from './fixtures/hub.ts'
import { openScreen } from './fixtures/screen.ts'

const protocol = 'graphql-transport-ws'
let hub: Hub

beforeAll(async () => {
  hub = await startHub({
    liveLimits: { initTimeoutMs: 60, connectionsPerAddress: 40, operationsPerConnection: 3, unreadBytes: 64 * 1024 },
  })
})
afterAll(() => hub.stop())

async function socket(options: ClientOptions & { protocols?: string } = {}): Promise<WebSocket> {
  const webSocket = new WebSocket(hub.webSocketUrl, options.protocols ?? protocol, {
    perMessageDeflate: false,
    ...options,
  })
  await once(webSocket, 'open')
  return webSocket
}

async function initialised(payload: object = { authorization: 'token-41' }): Promise<WebSocket> {
  const webSocket = await socket()
  webSocket.send(JSON.stringify({ type: 'connection_init', payload }))
  const [message] = await once(webSocket, 'message')
  expect(JSON.parse(String(message))).toEqual({ type: 'connection_ack' })
  return webSocket
}

const send = (webSocket: WebSocket, message: object) => webSocket.send(JSON.stringify(message))
const closeOf = async (webSocket: WebSocket): Promise<number> => (await once(webSocket, 'close'))[0]
const subscribe = (id: string) => ({
  id,
  type: 'subscribe',
  payload: { query: 'subscription { negativeReviews { position } }' },
})

describe('a WebSocket client that does not keep the protocol is closed with its code:', () => {
  test('another subprotocol, 4406', async () => {
    const webSocket = new WebSocket(hub.webSocketUrl, undefined, { perMessageDeflate: false })
    expect(await closeOf(webSocket)).toBe(4406)
  })

  test('no init, 4408', async () => expect(await closeOf(await socket())).toBe(4408))

  test('a second init, 4429', async () => {
    const webSocket = await initialised()
    send(webSocket, { type: 'connection_init' })
    expect(await closeOf(webSocket)).toBe(4429)
  })

  test('a subscription before the acknowledgement, 4401', async () => {
    const webSocket = await socket()
    send(webSocket, subscribe('1'))
    expect(await closeOf(webSocket)).toBe(4401)
  })

  test('an id that is in use, 4409', async () => {
    const webSocket = await initialised()
    send(webSocket, subscribe('1'))
    send(webSocket, subscribe('1'))
    expect(await closeOf(webSocket)).toBe(4409)
  })

  test('a message that is none, 4400', async () => {
    const webSocket = await initialised()
    webSocket.send('hello')
    expect(await closeOf(webSocket)).toBe(4400)
  })

  test('an unknown credential, 4403', async () => {
    const webSocket = await socket()
    send(webSocket, { type: 'connection_init', payload: { authorization: 'Bearer forgotten' } })
    expect(await closeOf(webSocket)).toBe(4403)
  })

  test('a message of more than 64 KiB, 1009', async () => {
    const webSocket = await initialised()
    webSocket.send('x'.repeat(65 * 1024))
    expect(await closeOf(webSocket)).toBe(1009)
  })

  test('a message in more than 64 pieces, 1008', async () => {
    const webSocket = await initialised()
    for (let index = 0; index < 80; index += 1) webSocket.send('x', { fin: false })
    expect(await closeOf(webSocket)).toBe(1008)
  })
})

describe('an upgrade is refused', () => {
  async function refusal(headers: string): Promise<string> {
    const client = connect(hub.port, '127.0.0.1')
    client.write(
      `GET /graphql HTTP/1.1\r\nHost: hub.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ${protocol}\r\n${headers}\r\n\r\n`,
    )
    const [chunk] = await once(client, 'data')
    client.destroy()
    return String(chunk).split('\r\n')[0]!
  }

  test('to pages of other sites, not to our own and not to programs', async () => {
    expect(await refusal('Origin: https://elsewhere.example')).toBe('HTTP/1.1 403 Forbidden')
    expect(await refusal('Origin: https://hub.example')).toBe('HTTP/1.1 101 Switching Protocols')
    expect(await refusal('X-Nothing: 1')).toBe('HTTP/1.1 101 Switching Protocols')
  })

  test('to an address that holds too many connections', async () => {
    const full = await startHub({ liveLimits: { connectionsPerAddress: 2 } })
    const first = new WebSocket(full.webSocketUrl, protocol)
    const second = new WebSocket(full.webSocketUrl, protocol)
    await Promise.all([once(first, 'open'), once(second, 'open')])
    const third = new WebSocket(full.webSocketUrl, protocol)
    const [error] = await once(third, 'error')
    expect(error.message).toBe('Unexpected server response: 429')
    first.terminate()
    await once(first, 'close')
    const opened = await openedAtLast(full.webSocketUrl)
    expect(opened.readyState).toBe(WebSocket.OPEN)
    await full.stop()
  })
})

async function openedAtLast(url: string): Promise<WebSocket> {
  for (;;) {
    const webSocket = new WebSocket(url, protocol)
    const isOpen = await once(webSocket, 'open').then(
      () => true,
      () => false,
    )
    if (isOpen) return webSocket
  }
}

describe('one connection', () => {
  test('keeps a number of operations, and the next is refused alone', async () => {
    const webSocket = await initialised()
    const answers: { id: string; type: string; payload: { extensions: { code: string } }[] }[] = []
    webSocket.on('message', data => answers.push(JSON.parse(String(data))))
    for (const id of ['1', '2', '3', '4']) send(webSocket, subscribe(id))
    while (answers.length === 0) await once(webSocket, 'message')
    expect(answers).toEqual([
      {
        id: '4',
        type: 'error',
        payload: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'TOO_MANY_OPERATIONS' }) })],
      },
    ])
    webSocket.close()
  })

  test('of GraphiQL is known by the headers typed into it, in development alone', async () => {
    const payload = { query: '{ viewer { name } }', extensions: { headers: { authorization: 'Bearer token-41' } } }
    const ask = async (webSocketUrl: string) => {
      const webSocket = new WebSocket(webSocketUrl, protocol)
      await once(webSocket, 'open')
      send(webSocket, { type: 'connection_init', payload: {} })
      await once(webSocket, 'message')
      send(webSocket, { id: '1', type: 'subscribe', payload })
      const [message] = await once(webSocket, 'message')
      webSocket.close()
      return JSON.parse(String(message)).payload
    }
    expect(await ask(hub.webSocketUrl)).toEqual({ data: { viewer: { name: 'staff of /41/' } } })
    const production = await startHub({ isDevelopment: false, registeredDocuments: new Map([['q', payload.query]]) })
    expect(await ask(production.webSocketUrl)).toEqual({ data: { viewer: null } })
    await production.stop()
  })

  test('answers a ping, and its operations go on until each is completed', async () => {
    const webSocket = await initialised()
    send(webSocket, { type: 'ping', payload: { n: 1 } })
    const [pong] = await once(webSocket, 'message')
    expect(JSON.parse(String(pong))).toEqual({ type: 'pong', payload: { n: 1 } })
    const before = hub.door.counts().members
    send(webSocket, subscribe('1'))
    while (hub.door.counts().members === before) await new Promise(resolve => setTimeout(resolve, 5))
    send(webSocket, { id: '1', type: 'complete' })
    while (hub.door.counts().members > before) await new Promise(resolve => setTimeout(resolve, 5))
    webSocket.close()
  })

  test('is told to come back when the door is stopped', async () => {
    const leaving = await startHub()
    const webSocket = new WebSocket(leaving.webSocketUrl, protocol)
    await once(webSocket, 'open')
    const closed = closeOf(webSocket)
    await leaving.stop()
    expect(await closed).toBe(1001)
  })
})

test('a reader who does not read is cut with 4290 and resumes; the others are not kept waiting', async () => {
  const slow = await initialised()
  const query = 'subscription ($after: String) { negativeReviews(after: $after) { position negativeReview { id } } }'
  const before = hub.door.counts().members
  send(slow, { id: 's', type: 'subscribe', payload: { query } })
  const fast = openScreen({ url: hub.webSocketUrl, token: 'token-41', query })
  while (hub.door.counts().members < before + 2) await new Promise(resolve => setTimeout(resolve, 5))
  slow.pause()

  const first = hub.feed.visible('/41/').length + 1
  let last = first - 1
  while (hub.door.counts().slowReadersCut === 0) {
    last = hub.feed.append('/41/', 'x'.repeat(50_000))
    await fast.until(({ events }) => events.at(-1)?.position === String(last))
  }
  last = hub.feed.append('/41/', 'after the cut')
  await fast.until(({ events }) => events.at(-1)?.position === String(last))
  const seen: number[] = []
  slow.on('message', data => seen.push(Number(JSON.parse(String(data)).payload.data.negativeReviews.position)))
  const closed = closeOf(slow)
  slow.resume()
  expect(await closed).toBe(4290)
  const all = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  expect(fast.events.map(({ position }) => Number(position))).toEqual(all)

  const again = openScreen({
    url: hub.webSocketUrl,
    token: 'token-41',
    query,
    variables: { after: String(seen.at(-1) ?? first - 1) },
  })
  const missed = all.filter(position => position > (seen.at(-1) ?? first - 1))
  expect(missed.length).toBeGreaterThan(0)
  await again.until(({ events }) => events.length === missed.length)
  expect([...seen, ...again.events.map(({ position }) => Number(position))]).toEqual(all)
  again.close()
  fast.close()
})
