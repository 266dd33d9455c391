import { createClient as createEventStreamClient } from 'graphql-sse'
import { afterEach, describe, expect, test } from 'vitest'
import { type Hub, startHub } from './fixtures/hub.ts'
import { openScreen, realEvents, type Screen } from './fixtures/screen.ts'

const wall = `subscription Wall($regionPath: String, $after: String) {
  live: negativeReviews(regionPath: $regionPath, after: $after) {
    epoch position previousPosition kind
    negativeReview { id ...Rating }
  }
}
fragment Rating on NegativeReview { evaluation { score comment } }`

/** Nothing but wakes makes the door read a feed. */
const wakesOnly = { pollMs: 600_000, settleMs: 600_000 }

const open: { close(): unknown }[] = []
const hubs: Hub[] = []

async function hubOf(...options: Parameters<typeof startHub>): Promise<Hub> {
  const hub = await startHub(...options)
  hubs.push(hub)
  return hub
}

function screenOf(hub: Hub, options: Partial<Parameters<typeof openScreen>[0]> = {}): Screen {
  const screen = openScreen({ url: hub.webSocketUrl, token: 'token-41', query: wall, ...options })
  open.push(screen)
  return screen
}

/** The fact that a screen is followed: the door counts it as a member. */
async function followed(hub: Hub, members: number): Promise<void> {
  while (hub.door.counts().members < members) await new Promise(resolve => setTimeout(resolve, 5))
}

afterEach(async () => {
  for (const screen of open.splice(0)) screen.close()
  for (const hub of hubs.splice(0)) await hub.stop()
})

const opened = (position: number, previous: number, evaluationId: string) => ({
  epoch: 'e1',
  position: String(position),
  previousPosition: String(previous),
  kind: 'OPENED',
  negativeReview: { id: `review-${evaluationId}`, evaluation: { score: 1, comment: `等了很久 ${evaluationId}` } },
})

describe('a screen over WebSocket', () => {
  test('is sent each event with fields of two subgraphs, under its own name for the field', async () => {
    const hub = await hubOf()
    const screen = screenOf(hub)
    await followed(hub, 1)
    hub.feed.append('/41/4101/', 'a')
    await screen.until(({ events }) => events.length === 1)
    hub.feed.append('/41/4102/', 'b')
    await screen.until(({ events }) => events.length === 2)
    expect(screen.results).toEqual([{ data: { live: opened(1, 0, 'a') } }, { data: { live: opened(2, 1, 'b') } }])
  })

  test('sees its own scope only, and counts what came before it within that', async () => {
    const hub = await hubOf()
    const county = screenOf(hub, { token: 'token-4101' })
    const city = screenOf(hub)
    await followed(hub, 2)
    for (const [region, id] of [
      ['/41/4101/', 'a'],
      ['/41/4102/', 'b'],
      ['/41/4101/', 'c'],
    ] as const)
      hub.feed.append(region, id)
    await city.until(({ events }) => events.length === 3)
    await county.until(({ events }) => events.length === 2)
    expect(county.events).toEqual([opened(1, 0, 'a'), opened(3, 1, 'c')])
    expect(hub.door.counts().groups).toBe(2)
  })

  test('may ask queries and mutations too', async () => {
    const hub = await hubOf()
    const screen = screenOf(hub, {
      query: 'mutation { openNegativeReview(regionPath: "/41/", evaluationId: "x") { id evaluation { score } } }',
    })
    expect(await screen.ended).toBe('complete')
    expect(screen.results).toEqual([{ data: { openNegativeReview: { id: 'review-x', evaluation: { score: 1 } } } }])
  })

  test('is refused as the subgraph refuses it', async () => {
    const hub = await hubOf()
    const nobody = screenOf(hub, { token: undefined })
    expect(await nobody.ended).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }),
    ])
    const foreign = screenOf(hub, { token: 'token-4101', variables: { regionPath: '/41/4102/' } })
    expect(await foreign.ended).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'NOT_PERMITTED' }) }),
    ])
    expect(hub.door.counts()).toMatchObject({ groups: 0, members: 0 })
    expect(hub.feed.subscribers()).toBe(0)
  })

  test('is kept within the limits of documents', async () => {
    const hub = await hubOf()
    const deep = screenOf(hub, {
      query: `subscription { negativeReviews { ${'negativeReview { '.repeat(13)} id ${'}'.repeat(13)} } }`,
    })
    expect(await deep.ended).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'DOCUMENT_TOO_DEEP' }) }),
    ])
  })

  test('still gets the event, with an error in the part that is down', async () => {
    const hub = await hubOf()
    hub.evaluations.isDown = true
    const screen = screenOf(hub)
    await followed(hub, 1)
    hub.feed.append('/41/', 'a')
    await screen.until(({ results }) => results.length === 1)
    expect(screen.results[0]).toEqual({
      data: { live: { ...opened(1, 0, 'a'), negativeReview: { id: 'review-a', evaluation: null } } },
      errors: [
        expect.objectContaining({
          path: ['live', 'negativeReview', 'evaluation'],
          extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }),
        }),
      ],
    })
  })

  test('hears a heartbeat with its own selection while nothing happens', async () => {
    const hub = await hubOf({ feedTimes: { heartbeatMs: 30 } })
    hub.feed.append('/41/', 'a')
    const screen = screenOf(hub)
    await screen.until(({ events }) => events.length === 1)
    expect(screen.results[0]).toEqual({
      data: { live: { epoch: 'e1', position: '1', previousPosition: '1', kind: 'HEARTBEAT', negativeReview: null } },
    })
  })

  test('gets an event whose wake was lost at the next poll', async () => {
    const hub = await hubOf({ feedTimes: { pollMs: 40, settleMs: 600_000 } })
    const screen = screenOf(hub)
    await followed(hub, 1)
    hub.feed.appendSilently('/41/', 'a')
    await screen.until(current => realEvents(current).length === 1)
    expect(realEvents(screen)).toEqual([opened(1, 0, 'a')])
  })
})

describe('a screen over server-sent events', () => {
  test('is sent the same events through the graphql-sse client', async () => {
    const hub = await hubOf()
    const client = createEventStreamClient({
      url: hub.url,
      headers: { authorization: 'Bearer token-41' },
      retryAttempts: 0,
    })
    open.push({ close: () => client.dispose() })
    const stream = client.iterate({ query: wall })
    const first = stream.next()
    await followed(hub, 1)
    hub.feed.append('/41/', 'a')
    expect((await first).value).toEqual({ data: { live: opened(1, 0, 'a') } })
    await stream.return?.()
    while (hub.door.counts().members > 0) await new Promise(resolve => setTimeout(resolve, 5))
    expect(hub.feed.subscribers()).toBe(0)
  })

  test('shares its group with screens over WebSocket', async () => {
    const hub = await hubOf()
    const client = createEventStreamClient({
      url: hub.url,
      headers: { authorization: 'Bearer token-41' },
      retryAttempts: 0,
    })
    open.push({ close: () => client.dispose() })
    const stream = client.iterate({ query: wall })
    const first = stream.next()
    const screen = screenOf(hub)
    await followed(hub, 2)
    expect(hub.door.counts().groups).toBe(1)
    hub.feed.append('/41/', 'a')
    await screen.until(({ events }) => events.length === 1)
    expect((await first).value).toEqual(screen.results[0])
  })

  test('is told why it is refused, and then completed', async () => {
    const hub = await hubOf()
    const response = await fetch(hub.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: wall }),
    })
    const [next, complete] = (await response.text()).split('\n\n')
    expect(next).toMatch(/^event: next\ndata: \{"errors":\[\{.*"code":"UNAUTHENTICATED"/)
    expect(complete).toBe('event: complete\ndata: ')
  })

  test('answers a query as a stream of one', async () => {
    const hub = await hubOf()
    const client = createEventStreamClient({ url: hub.url, headers: { authorization: 'token-41' }, retryAttempts: 0 })
    const answer = await client.iterate({ query: '{ viewer { name } }' }).next()
    expect(answer.value).toEqual({ data: { viewer: { name: 'staff of /41/' } } })
    client.dispose()
  })
})

describe('sharing', () => {
  test('a hundred screens cost one subscription at the subgraph and one query per event', async () => {
    const hub = await hubOf({ feedTimes: wakesOnly })
    const screens = Array.from({ length: 100 }, () => screenOf(hub))
    await followed(hub, 100)
    expect([hub.feed.subscribers(), hub.door.counts().groups]).toEqual([1, 1])
    const before = hub.feed.reads.length
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      hub.feed.append('/41/', id)
      await Promise.all(screens.map(screen => screen.until(({ events }) => events.length === index + 1)))
    }
    expect(hub.feed.reads.length - before).toBe(3)
    expect(hub.asked.evaluations).toBe(3)
    for (const screen of screens)
      expect(screen.events).toEqual([opened(1, 0, 'a'), opened(2, 1, 'b'), opened(3, 2, 'c')])
  })

  test('another scope, another variable or another selection is another group', async () => {
    const hub = await hubOf()
    screenOf(hub)
    screenOf(hub, { token: 'token-4101' })
    screenOf(hub, { variables: { regionPath: '/41/4101/' } })
    screenOf(hub, { query: 'subscription { negativeReviews { position } }' })
    await followed(hub, 4)
    expect(hub.door.counts()).toMatchObject({ groups: 4, members: 4 })
  })

  test('a position to begin at, the name of the operation and spaces do not part screens', async () => {
    const hub = await hubOf()
    hub.feed.append('/41/', 'a')
    screenOf(hub)
    screenOf(hub, { variables: { after: '0' } })
    screenOf(hub, { query: wall.replace('Wall', 'OtherWall').replaceAll('\n', '  \n') })
    await followed(hub, 3)
    expect(hub.door.counts()).toMatchObject({ groups: 1, members: 3 })
  })

  test('a burst of wakes becomes few queries, and the last screen to leave ends the subscription at the subgraph', async () => {
    const hub = await hubOf({ feedTimes: wakesOnly })
    const screen = screenOf(hub)
    await followed(hub, 1)
    const before = hub.feed.reads.length
    for (let index = 0; index < 250; index += 1) hub.feed.append('/41/', `e${index}`)
    await screen.until(({ events }) => events.length === 250)
    expect(screen.events.map(({ position }) => Number(position))).toEqual(
      Array.from({ length: 250 }, (_, index) => index + 1),
    )
    expect(hub.feed.reads.length - before).toBeLessThan(10)
    screen.close()
    while (hub.door.counts().groups > 0) await new Promise(resolve => setTimeout(resolve, 5))
    expect(hub.feed.subscribers()).toBe(0)
  })
})
