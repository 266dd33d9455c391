import type { Run } from '../harness/benchmark.ts'
import type { HubUnderTest } from '../harness/hub-under-test.ts'
import { startMeter } from '../harness/meter.ts'
import { paced } from '../harness/pace.ts'
import { postConnection } from '../harness/post-connection.ts'
import type { ServicePoint } from '../harness/service-points.ts'
import { asksOfHalls } from './hall-feeds.ts'

const openReviews = `query {
  openNegativeReviews(first: 100) {
    edges { node { id state score openedAt hall { name } window { number } deadlines { kind dueAt } } }
  }
}`
const askingAtOnce = 64

/** What screens without a place in a feed must do after a cut: each asks for its whole list again. */
export async function requeryAll(hub: HubUnderTest, points: ServicePoint[], screens: number): Promise<Run> {
  const asks = await asksOfHalls(hub, points)
  const { post, close } = postConnection(`${hub.url}/graphql`, askingAtOnce)
  const body = JSON.stringify({ query: openReviews })
  const faults = new Set<string>()
  const { hub: server } = await hub.watched()
  const meter = await startMeter({ hub: server! })
  const startedAt = performance.now()
  await paced(screens, { kind: 'CLOSED', concurrency: askingAtOnce }, async index => {
    const { text } = await post(body, asks[index % asks.length]!.authorization!)
    if (!text.startsWith('{"data":{"openNegativeReviews":{"edges":[')) faults.add(text.slice(0, 200))
  })
  const seconds = (performance.now() - startedAt) / 1000
  const { cpuSeconds } = await meter()
  close()
  return { figures: { consistent: seconds, queries: screens, serverCpu: cpuSeconds.hub! }, faults: [...faults] }
}
