import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '../kit/ask.ts'
import { issueToken, reportClosedCases, submitNegative, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { type FeedClient, followOverWebSocket } from '../kit/feed-client.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { expectWhole } from '../kit/oracle.ts'
import { ownerUrlOf } from '../kit/owner-url.ts'
import { type ReviewEvent, ratingsOf, reviewsFeed, reviewsOf } from '../kit/reviews-feed.ts'
import { waitFor } from '../kit/wait-for.ts'

const wallCount = 100

let hub: HubProcess
let facts: WindowFacts
let supervisor: string
let walls: FeedClient<ReviewEvent>[] = []
const acknowledged: string[] = []

async function rateBadly() {
  const [caseNumber] = await reportClosedCases(hub, facts)
  const { evaluation } = await submitNegative(hub, await issueToken(hub, caseNumber!))
  acknowledged.push(evaluation!.id)
}

beforeAll(async () => {
  hub = await startHubProcess()
  facts = await windowFacts(hub)
  supervisor = await signIn(hub, 'supervisor', demoPassword)
  walls = await Promise.all(
    Array.from({ length: wallCount }, () =>
      followOverWebSocket<ReviewEvent>(hub, { ...reviewsFeed, credential: supervisor }),
    ),
  )
})
afterAll(async () => {
  for (const wall of walls) await wall.stop()
  await hub.stop()
})

test('F8: a hundred walls whose router is killed twice all have every negative, once, in order', async () => {
  await rateBadly()
  await waitFor(() => walls.every(wall => ratingsOf(wall).length === 1), 'the first on every wall')
  for (let round = 0; round < 2; round++) {
    await hub.restart('SIGKILL')
    await rateBadly()
    await rateBadly()
  }
  await waitFor(() => walls.every(wall => ratingsOf(wall).length >= 5), 'all five on every wall')
  for (const wall of walls) expect(ratingsOf(wall)).toEqual(acknowledged)
  await expectWhole({ ownerUrl: await ownerUrlOf(hub), acknowledged, hub, supervisor, wall: reviewsOf(walls[0]!) })
})
