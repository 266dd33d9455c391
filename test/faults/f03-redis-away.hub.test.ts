import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '../kit/ask.ts'
import { issueToken, reportClosedCases, submitNegative, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { type FeedClient, followOverWebSocket } from '../kit/feed-client.ts'
import { demoPassword } from '../kit/hub-process.ts'
import { type HubProcesses, startHubProcesses } from '../kit/hub-processes.ts'
import { expectWhole } from '../kit/oracle.ts'
import { type RedisServer, startRedisServer } from '../kit/redis-server.ts'
import { type ReviewEvent, ratingsOf, reviewsFeed, reviewsOf } from '../kit/reviews-feed.ts'
import { waitFor } from '../kit/wait-for.ts'

let redis: RedisServer | null
let hub: HubProcesses
let facts: WindowFacts
let supervisor: string
let wall: FeedClient<ReviewEvent>
const acknowledged: string[] = []

async function rateBadly() {
  const [caseNumber] = await reportClosedCases(hub, facts)
  const { evaluation } = await submitNegative(hub, await issueToken(hub, caseNumber!))
  acknowledged.push(evaluation!.id)
}
const shown = () => ratingsOf(wall)

beforeAll(async () => {
  redis = await startRedisServer()
  if (!redis) return
  hub = await startHubProcesses(redis.url)
  facts = await windowFacts(hub)
  supervisor = await signIn(hub, 'supervisor', demoPassword)
  wall = await followOverWebSocket<ReviewEvent>(hub, { ...reviewsFeed, credential: supervisor })
})
afterAll(async () => {
  await wall?.stop()
  await hub?.stop()
  await redis?.kill()
})

test('F3: ratings go on while Redis is away, and the wall gets every one of them after it came back empty', async context => {
  if (!redis) return context.skip()
  await rateBadly()
  await waitFor(() => shown().length === 1, 'the first negative')
  await redis.kill()
  for (let round = 0; round < 5; round++) await rateBadly()
  await redis.start()
  await waitFor(() => shown().length === 6, 'those of the outage')
  await redis.flush()
  await rateBadly()
  await waitFor(() => shown().length === 7, 'the one after the flush')
  expect(shown()).toEqual(acknowledged)
  await expectWhole({
    ownerUrl: hub.environment.DATABASE_OWNER_URL!,
    acknowledged,
    hub,
    supervisor,
    wall: reviewsOf(wall),
  })
})
