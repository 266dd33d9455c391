import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '../kit/ask.ts'
import { issueToken, reportClosedCases, submitNegative, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { followOverWebSocket } from '../kit/feed-client.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { openLine } from '../kit/line.ts'
import { expectWhole } from '../kit/oracle.ts'
import { ownerUrlOf } from '../kit/owner-url.ts'
import { type ReviewEvent, ratingsOf, reviewsFeed, reviewsOf } from '../kit/reviews-feed.ts'
import { waitFor } from '../kit/wait-for.ts'

let hub: HubProcess
let facts: WindowFacts
let supervisor: string
const acknowledged: string[] = []

async function rateBadly() {
  const [caseNumber] = await reportClosedCases(hub, facts)
  const { evaluation } = await submitNegative(hub, await issueToken(hub, caseNumber!))
  acknowledged.push(evaluation!.id)
  return evaluation!.id
}

beforeAll(async () => {
  hub = await startHubProcess()
  facts = await windowFacts(hub)
  supervisor = await signIn(hub, 'supervisor', demoPassword)
})
afterAll(() => hub.stop())

test('F5: a wall whose line fell silent resumes behind its last position and has every negative once', async () => {
  const line = await openLine(hub.url)
  const wall = await followOverWebSocket<ReviewEvent>(line, { ...reviewsFeed, credential: supervisor })
  const before = await rateBadly()
  await waitFor(() => ratingsOf(wall).includes(before), 'the negative before the cut')
  line.cut()
  const during = [await rateBadly(), await rateBadly(), await rateBadly()]
  expect(ratingsOf(wall)).toEqual([before])
  line.mend()
  await waitFor(() => ratingsOf(wall).length === 4, 'those of the cut')
  expect(ratingsOf(wall)).toEqual([before, ...during])
  await expectWhole({ ownerUrl: await ownerUrlOf(hub), acknowledged, hub, supervisor, wall: reviewsOf(wall) })
  await wall.stop()
  await line.stop()
})

test('F5: a position beyond the history is told so, never answered with a silent hole', async () => {
  const wall = await followOverWebSocket<ReviewEvent>(hub, {
    ...reviewsFeed,
    credential: supervisor,
    after: '00000000-0000-0000-0000-000000000000:7',
  })
  await waitFor(() => wall.faults.length > 0, 'the refusal')
  expect(wall.faults[0]).toContain('FEED_RESET')
  expect(wall.events).toEqual([])
  await wall.stop()
})
