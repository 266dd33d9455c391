import { afterEach, describe, expect, test } from 'vitest'
import { createRemoteSubgraph } from '../../router/remote-subgraph.ts'
import { identityReader, identitySigner } from '../../subgraphs/shared/identity.ts'
import { serveSubgraph } from '../../subgraphs/shared/serve-subgraph.ts'
import { createFeedLog } from './fixtures/feed-log.ts'
import { keptLog } from './fixtures/graph.ts'
import { type Hub, keys, startHub } from './fixtures/hub.ts'
import { seededRandom } from './fixtures/random.ts'
import { isHeartbeat, openScreen, realEvents, type Screen, type SeenEvent } from './fixtures/screen.ts'
import { createWorkflowFixture } from './fixtures/workflow.ts'

const wall = `subscription ($after: String) {
  negativeReviews(after: $after) { epoch position previousPosition kind negativeReview { id evaluation { score } } }
}`

const hubs: Hub[] = []
const stops: (() => unknown)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  for (const hub of hubs.splice(0)) await hub.stop()
})

async function hubOf(options: Parameters<typeof startHub>[0]): Promise<Hub> {
  const hub = await startHub(options)
  hubs.push(hub)
  return hub
}

function screenOf(hub: Hub, after?: string, token = 'token-41'): Screen {
  const screen = openScreen({ url: hub.webSocketUrl, token, query: wall, variables: { after } })
  stops.push(screen.close)
  return screen
}

const positions = (events: SeenEvent[]) => events.map(event => Number(event.position))
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('a screen that comes back with `after`', () => {
  // Only wakes make the door read, so nothing lost could be repaired by a poll unnoticed.
  const feedTimes = { pollMs: 600_000, settleMs: 600_000 }

  test.each(Array.from({ length: 12 }, (_, index) => [index + 1]))(
    'misses nothing and gets nothing twice, however cuts, reads and events interleave (seed %i)',
    async seed => {
      const random = seededRandom(seed)
      const pause = (longest: number) =>
        new Promise<void>(resolve => setTimeout(resolve, Math.floor(random() * longest)))
      // Heartbeats make a watcher look again when its own feed has nothing more to say.
      const hub = await hubOf({
        feedTimes: { ...feedTimes, heartbeatMs: 25 },
        delay: () => (random() < 0.5 ? Promise.resolve() : pause(4)),
      })
      const count = 160
      const regions = ['/41/4101/', '/41/4102/']

      async function write(): Promise<void> {
        for (let index = 1; index <= count; index += 1) {
          hub.feed.append(regions[Math.floor(random() * 2)]!, `e${index}`)
          if (random() < 0.4) await pause(3)
        }
      }

      async function watch(token: string, regionPath: string): Promise<SeenEvent[]> {
        const seen: SeenEvent[] = []
        const isComplete = () => {
          const visible = hub.feed.visible(regionPath)
          return (
            hub.feed.visible('/41/').length === count && Number(seen.at(-1)?.position ?? 0) === visible.at(-1)?.position
          )
        }
        while (!isComplete()) {
          const last = seen.at(-1)?.position ?? '0'
          const screen = screenOf(hub, random() < 0.5 ? last : `e1:${last}`, token)
          const cutAfter = 1 + Math.floor(random() * 30)
          let taken = 0
          await screen.until(({ events }) => {
            for (; taken < events.length && taken < cutAfter; taken += 1) {
              if (!isHeartbeat(events[taken]!)) seen.push(events[taken]!)
            }
            return taken === cutAfter || isComplete()
          })
          screen.close()
        }
        return seen
      }

      const watchers = Array.from({ length: 6 }, (_, index) =>
        index % 2 === 0 ? watch('token-41', '/41/') : watch('token-4101', '/41/4101/'),
      )
      await write()
      for (const [index, seen] of (await Promise.all(watchers)).entries()) {
        const visible = hub.feed.visible(index % 2 === 0 ? '/41/' : '/41/4101/').map(({ position }) => position)
        expect(positions(seen)).toEqual(visible)
        expect(seen.map(event => Number(event.previousPosition))).toEqual([0, ...visible.slice(0, -1)])
      }
    },
  )

  test('a hundred that come back together after a cut share one replay', async () => {
    const hub = await hubOf({ feedTimes })
    for (let index = 1; index <= 350; index += 1) hub.feed.append('/41/', `e${index}`)
    const screens = Array.from({ length: 100 }, (_, index) => screenOf(hub, String(100 + (index === 0 ? 0 : index))))
    await Promise.all(screens.map(screen => screen.until(({ events }) => events.at(-1)?.position === '350')))
    for (const [index, screen] of screens.entries())
      expect(positions(screen.events)).toEqual(upTo(350).slice(100 + index))
    // One to learn where the feed is, one woken by the new subscription, three pages of the replay.
    expect(hub.feed.reads.length).toBeLessThanOrEqual(5)
  })

  test('begins at the present end without `after`', async () => {
    const hub = await hubOf({ feedTimes })
    hub.feed.append('/41/', 'old')
    const screen = screenOf(hub)
    while (hub.door.counts().members === 0) await new Promise(resolve => setTimeout(resolve, 5))
    hub.feed.append('/41/', 'new')
    await screen.until(({ events }) => events.length === 1)
    expect(screen.events[0]?.negativeReview?.id).toBe('review-new')
  })

  test.each(['999', 'e0:1', 'e1:2', 'yesterday', '-1'])(
    'is told to start over when %s is no position of the feed',
    async after => {
      const hub = await hubOf({ feedTimes })
      hub.feed.append('/41/', 'a')
      expect(await screenOf(hub, after).ended).toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'FEED_RESET' }) }),
      ])
    },
  )

  test('is told to start over, while it watches, when the log itself begins anew', async () => {
    const hub = await hubOf({ feedTimes })
    const screen = screenOf(hub)
    while (hub.door.counts().members === 0) await new Promise(resolve => setTimeout(resolve, 5))
    hub.feed.epoch = 'e2'
    hub.feed.append('/41/', 'a')
    expect(await screen.ended).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'FEED_RESET' }) }),
    ])
  })
})

describe('when the subgraph that owns the feed is gone and comes back', () => {
  test('screens stay, and get what happened meanwhile and afterwards, once each', async () => {
    const feed = createFeedLog()
    const serve = async (port: number) =>
      serveSubgraph({
        subgraph: await createWorkflowFixture(feed),
        port,
        readIdentity: identityReader(keys, 'workflow'),
      })
    let served = await serve(0)
    const remote = createRemoteSubgraph({ name: 'workflow', url: served.url, sign: identitySigner(keys) })
    stops.push(
      () => remote.stop(),
      () => served.stop(),
    )
    const hub = await hubOf({ feed, subgraph: { workflow: remote }, feedTimes: { pollMs: 600_000, settleMs: 50 } })
    const screen = screenOf(hub, '0')
    feed.append('/41/', 'before')
    await screen.until(current => realEvents(current).length === 1)

    await served.stop()
    feed.appendSilently('/41/', 'meanwhile 1')
    feed.appendSilently('/41/', 'meanwhile 2')
    served = await serve(served.port)
    await screen.until(current => realEvents(current).length === 3)
    while (feed.subscribers() === 0) await new Promise(resolve => setTimeout(resolve, 5))
    feed.append('/41/', 'after')
    await screen.until(current => realEvents(current).length === 4)
    expect(realEvents(screen).map(event => event.negativeReview?.id)).toEqual(
      ['before', 'meanwhile 1', 'meanwhile 2', 'after'].map(id => `review-${id}`),
    )
    expect(positions(realEvents(screen))).toEqual([1, 2, 3, 4])
  })

  test('a screen that comes while it is gone waits, and is served when it is back', async () => {
    const feed = createFeedLog()
    const log = keptLog()
    const serve = async (port: number) =>
      serveSubgraph({
        subgraph: await createWorkflowFixture(feed),
        port,
        readIdentity: identityReader(keys, 'workflow'),
        log,
      })
    let served = await serve(0)
    await served.stop()
    const remote = createRemoteSubgraph({ name: 'workflow', url: served.url, sign: identitySigner(keys) })
    const hub = await hubOf({ feed, subgraph: { workflow: remote }, feedTimes: { settleMs: 50 } })
    const screen = screenOf(hub, '0')
    feed.appendSilently('/41/', 'a')
    served = await serve(served.port)
    stops.push(
      () => remote.stop(),
      () => served.stop(),
    )
    await screen.until(({ events }) => events.length === 1)
    expect(positions(screen.events)).toEqual([1])
  })
})
