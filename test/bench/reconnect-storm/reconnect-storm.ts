import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../kit/free-port.ts'
import type { Benchmark, Column, Extent, Outcome, Row, Run, Verdict } from '../harness/benchmark.ts'
import { type HubUnderTest, startHubUnderTest } from '../harness/hub-under-test.ts'
import { startLoad } from '../harness/load-process.ts'
import { startMeter } from '../harness/meter.ts'
import { type Contender, interleave } from '../harness/rounds.ts'
import { machineMilliseconds, type ScreenAsk } from '../harness/screen.ts'
import { startServer } from '../harness/server-process.ts'
import type { ServicePoint } from '../harness/service-points.ts'
import { asksOfHalls, feedsOfHalls, pointsOfHalls } from './hall-feeds.ts'
import { requeryAll } from './naive-requery.ts'
import type { PersistentRaters } from './persistent-raters.ts'
import type { StormLoad } from './storm-load.ts'

const halls = 50
const patienceMs = 60_000

const columns: Column[] = [
  { figure: 'reattached', label: 'all connected again s', digits: 2 },
  { figure: 'consistent', label: 'all consistent s', digits: 2 },
  { figure: 'lost', label: 'lost', digits: 0 },
  { figure: 'twice', label: 'twice', digits: 0 },
  { figure: 'events', label: 'events', digits: 0 },
  { figure: 'deliveries', label: 'deliveries', digits: 0 },
  { figure: 'queries', label: 'queries until all were connected', digits: 0 },
  { figure: 'serverCpu', label: 'server CPU s', digits: 2 },
  { figure: 'away', label: 'away s', digits: 2 },
]

type Storm = { screens: number; perSecond: number; seconds: number }

/** B4: the process is killed under all walls while bad ratings go on, and every wall comes back. */
export const reconnectStorm: Benchmark = {
  name: 'b4',
  title: 'B4 reconnect storm (断线重连)',
  async run({ isShort }: Extent, log): Promise<Outcome> {
    const storm: Storm = isShort
      ? { screens: 2_000, perSecond: 50, seconds: 12 }
      : { screens: 5_000, perSecond: 200, seconds: 20 }
    const hub = await startHubUnderTest()
    try {
      const points = await pointsOfHalls(hub.owner, halls)
      const contenders: Contender[] = [
        { name: 'hub', role: 'OURS', run: () => stormOnHub(hub, points, storm) },
        { name: 'connect again and ask for the list', role: 'PEER', run: () => requeryAll(hub, points, storm.screens) },
        { name: '`ws` handshakes alone', role: 'LIMIT', run: () => stormOnSockets(storm) },
      ]
      const rows = await interleave(contenders, isShort ? 1 : 3, log)
      return { title: reconnectStorm.title, sections: [section(storm, points.length, rows)], verdicts: verdicts(rows) }
    } finally {
      await hub.stop()
    }
  },
}

function section({ screens, perSecond, seconds }: Storm, hallCount: number, rows: Row[]) {
  return {
    title: `${screens} screens of ${hallCount} halls, ${perSecond} bad ratings a second for ${seconds} s, SIGKILL in the middle`,
    columns,
    rows,
    notes: [
      "Times count from the line `ready` of the restarted process. The kill takes the whole hub, PostgreSQL stays and is taken on again. A screen comes back after a random time of up to 250 ms, again and again; raters repeat until they have a receipt. Every screen's events are compared with the feed as it stands in the database.",
    ],
  }
}

async function stormOnHub(
  hub: HubUnderTest,
  points: ServicePoint[],
  { screens, perSecond, seconds }: Storm,
): Promise<Run> {
  const raters = await startLoad<PersistentRaters>(new URL('./persistent-raters.ts', import.meta.url))
  const load = await startLoad<StormLoad>(new URL('./storm-load.ts', import.meta.url))
  const url = `${hub.url}/graphql`
  try {
    const [key] = await hub.makeClients([
      { role: 'INTEGRATION_CLIENT', scope: { reach: 'REGION', regionPath: '/410000/' } },
    ])
    await raters.call('supply', { url, key: key!, points, count: perSecond * seconds })
    const asks = await asksOfHalls(hub, points)
    const before = asks.map(({ variables }) => Number(String(variables.after).split(':')[1]))
    await load.call('open', { url, asks, count: screens })
    const rating = raters.call('rate', { url, perSecond })
    await pause((seconds * 1000) / 3)
    const { backAt, away } = await killAndStart(hub)
    const meter = await startMeter({ hub: { pid: hub.pid() } })
    const atReturn = await ends(hub, points)
    const reattachedAt = await load.call('reattached', { timeoutMs: patienceMs })
    const queries = await feedReads(hub)
    const { faults: raterFaults, receipts } = await rating
    const isSettled = await feedsSettled(hub, points, before, receipts)
    await load.call('caughtUp', { ends: await ends(hub, points), timeoutMs: patienceMs })
    // Whatever still came twice would come now.
    await pause(1_000)
    const feeds = await feedsOfHalls(hub.owner, points, before)
    const result = await load.call('judge', { feeds, atReturn, from: backAt })
    const { cpuSeconds } = await meter()
    const events = feeds.flat().length
    const shares = points.map((_point, index) => Math.floor((screens + points.length - 1 - index) / points.length))
    return {
      figures: {
        reattached: (reattachedAt - backAt) / 1000,
        consistent: (result.consistentAt - backAt) / 1000,
        lost: result.lost,
        twice: result.twice,
        events,
        queries,
        deliveries: feeds.reduce((sum, feed, index) => sum + feed.length * shares[index]!, 0),
        serverCpu: cpuSeconds.hub!,
        away,
      },
      faults: [
        ...raterFaults,
        ...result.faults,
        ...(isSettled ? [] : [`${events} events for ${receipts} receipts`]),
        ...(result.lost + result.twice + result.wrong > 0
          ? [`${result.lost} lost, ${result.twice} twice, ${result.wrong} wrong`]
          : []),
      ],
    }
  } finally {
    await load.call('close', null)
    await load.end()
    await raters.end()
  }
}

async function killAndStart(hub: HubUnderTest): Promise<{ backAt: number; away: number }> {
  const killedAt = machineMilliseconds()
  await hub.kill()
  await hub.start()
  const backAt = machineMilliseconds()
  return { backAt, away: (backAt - killedAt) / 1000 }
}

/** Queries by which the door has filled live feeds since the process started. */
async function feedReads(hub: HubUnderTest): Promise<number> {
  const metrics = await (await fetch(`${hub.url}/metrics`)).text()
  return Number(/^hub_door_feed_reads (\d+)/m.exec(metrics)?.[1])
}

const ends = async (hub: HubUnderTest, points: ServicePoint[]) =>
  (
    await feedsOfHalls(
      hub.owner,
      points,
      points.map(() => 0),
    )
  ).map(feed => feed.at(-1) ?? 0)

/** Waits until every acknowledged rating has its event in a feed. */
async function feedsSettled(
  hub: HubUnderTest,
  points: ServicePoint[],
  behind: number[],
  receipts: number,
): Promise<boolean> {
  for (const end = machineMilliseconds() + patienceMs; machineMilliseconds() < end; await pause(100)) {
    const feeds = await feedsOfHalls(hub.owner, points, behind)
    if (feeds.flat().length >= receipts) return feeds.flat().length === receipts
  }
  return false
}

async function stormOnSockets({ screens }: Storm): Promise<Run> {
  const environment = { PORT: String(await freePort()), NODE_ENV: 'production' }
  const script = 'test/bench/peers/broadcast-server.ts'
  let server = await startServer(script, environment)
  const load = await startLoad<StormLoad>(new URL('./storm-load.ts', import.meta.url))
  try {
    const ask: ScreenAsk = { query: '{ __typename }', variables: { after: '' }, authorization: null }
    await load.call('open', { url: `${server.url}/graphql`, asks: [ask], count: screens })
    await server.end('SIGKILL')
    server = await startServer(script, environment)
    const backAt = machineMilliseconds()
    const meter = await startMeter({ server: { pid: server.pid } })
    const reattachedAt = await load.call('reattached', { timeoutMs: patienceMs })
    const { cpuSeconds } = await meter()
    const { faults } = await load.call('judge', { feeds: [[]], atReturn: [0], from: backAt })
    const seconds = (reattachedAt - backAt) / 1000
    return { figures: { reattached: seconds, consistent: seconds, serverCpu: cpuSeconds.server! }, faults }
  } finally {
    await load.call('close', null)
    await load.end()
    await server.end('SIGKILL')
  }
}

function verdicts(rows: Row[]): Verdict[] {
  const [hub, , sockets] = rows.map(({ medians }) => medians)
  const isWhole = rows[0]!.faults.length === 0
  const times = hub!.consistent! / sockets!.reattached!
  return [
    { goal: '0 lost, 0 twice', measured: `${hub!.lost} lost, ${hub!.twice} twice`, isMet: isWhole },
    {
      goal: 'far goal: at most 1.3 times the bare handshakes',
      measured: `${times.toFixed(2)} times`,
      isMet: times <= 1.3,
    },
  ]
}
