import type { Benchmark, Column, Extent, Outcome, Row, Run, Section, Verdict } from '../harness/benchmark.ts'
import { type HubUnderTest, startHubUnderTest } from '../harness/hub-under-test.ts'
import { startLoad } from '../harness/load-process.ts'
import { generatorShare, startMeter } from '../harness/meter.ts'
import { percentile } from '../harness/percentiles.ts'
import { residentBytesOf } from '../harness/processor-time.ts'
import { type Contender, interleave } from '../harness/rounds.ts'
import { machineMilliseconds, type ScreenAsk } from '../harness/screen.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'
import { servicePoints } from '../harness/service-points.ts'
import { badRating, prepareBadRatings, type RatingGiver, ratingGiver } from './bad-rating.ts'
import { learnSample } from './sample-event.ts'
import type { ScreensLoad } from './screens-load.ts'
import { fiftyAsks, viewersOf } from './wall-asks.ts'

const eventTimeoutMs = 10_000

const columns: Column[] = [
  { figure: 'perCpu', label: 'deliveries per server CPU s', digits: 0 },
  { figure: 'perCpuMore', label: 'per CPU s beyond the first 50', digits: 0 },
  { figure: 'p50', label: 'p50 ms', digits: 1 },
  { figure: 'p99', label: 'p99 ms', digits: 1 },
  { figure: 'last', label: 'to the last screen ms', digits: 1 },
  { figure: 'spread', label: 'first to last screen ms', digits: 1 },
  { figure: 'kilobytes', label: 'KB a connection', digits: 1 },
  { figure: 'generator', label: 'generator', digits: 2 },
]

type Stage = {
  hub: HubUnderTest
  giver: RatingGiver
  asks: ScreenAsk[]
  stock: ServerProcess
  broadcast: ServerProcess
  /** An event as the hub sends it to a wall, which the peers send, too. */
  sample: Record<string, unknown>
}

/** B3: one bad rating on many screens that ask fifty different things. */
export const wallFanOut: Benchmark = {
  name: 'b3',
  title: 'B3 wall fan-out (大屏推送)',
  async run(extent, log) {
    const hub = await startHubUnderTest()
    const stock = await startServer('test/bench/peers/graphql-ws-server.ts', { NODE_ENV: 'production' })
    const broadcast = await startServer('test/bench/peers/broadcast-server.ts', { NODE_ENV: 'production' })
    try {
      const [point] = await servicePoints(hub.owner, '/410000/410100/', 1)
      const giver = await ratingGiver(hub, point!)
      const asks = fiftyAsks(point!, await hub.makeClients(viewersOf(point!)))
      const sample = await learnSample(hub, asks[0]!, giver)
      return await measure({ hub, giver, asks, stock, broadcast, sample }, extent, log)
    } finally {
      await stock.end('SIGKILL')
      await broadcast.end('SIGKILL')
      await hub.stop()
    }
  },
}

async function measure(stage: Stage, { isShort }: Extent, log: (line: string) => void): Promise<Outcome> {
  const sections: Section[] = []
  for (const screens of isShort ? [500] : [1_000, 5_000]) {
    log(` ${screens} screens`)
    const events = isShort ? 5 : 10
    const rows = await interleave(contenders(stage, screens, events), isShort ? 1 : 3, log)
    sections.push({
      title: `${screens} screens, 50 different subscriptions`,
      columns,
      rows,
      notes: [
        "The hub's figures hold everything from handing the rating in: code check, commit, relay, review with its clock, live feed, one query over the subgraphs for each of the 50. The peers only publish an event that is there already. What a delivery costs beyond the first 50 screens leaves that part out on all sides.",
      ],
    })
  }
  return { title: wallFanOut.title, sections, verdicts: verdicts(sections) }
}

function contenders(
  { hub, giver, asks, stock, broadcast, sample }: Stage,
  screens: number,
  events: number,
): Contender[] {
  let position = 1_000_000
  const publishAt = (url: string) => async () => {
    position += 1
    const event = { ...sample, position: String(position), previousPosition: String(position - 1) }
    await fetch(`${url}/publish`, { method: 'POST', body: JSON.stringify(event) })
  }
  return [
    {
      name: 'hub',
      role: 'OURS',
      run: () =>
        fanOut({
          url: hub.url,
          pid: hub.pid(),
          asks,
          screens,
          events,
          prepare: count => prepareBadRatings(giver, count),
          happen: () => badRating(giver),
        }),
    },
    {
      name: 'graphql-ws + graphql-js',
      role: 'PEER',
      run: () => fanOut({ url: stock.url, pid: stock.pid, asks, screens, events, happen: publishAt(stock.url) }),
    },
    {
      name: '`ws`, one buffer to all',
      role: 'LIMIT',
      run: () =>
        fanOut({ url: broadcast.url, pid: broadcast.pid, asks, screens, events, happen: publishAt(broadcast.url) }),
    },
  ]
}

type FanOut = {
  url: string
  pid: number
  asks: ScreenAsk[]
  screens: number
  events: number
  /** Makes ready for so many events, outside of what is measured. */
  prepare?(count: number): Promise<void>
  happen(): Promise<void>
}

/** One run: first with one screen for each ask, then with all, so that what a further screen costs can be told apart. */
async function fanOut(options: FanOut): Promise<Run> {
  const few = await attend({ ...options, screens: options.asks.length })
  const all = await attend(options)
  const more = (options.screens - options.asks.length) * options.events
  return {
    figures: {
      perCpu: (options.screens * options.events) / all.serverCpu,
      perCpuMore: more / (all.serverCpu - few.serverCpu),
      p50: percentile(all.milliseconds, 0.5),
      p99: percentile(all.milliseconds, 0.99),
      last: percentile(all.lasts, 0.5),
      spread: percentile(all.spreads, 0.5),
      kilobytes: all.kilobytes,
      generator: all.generator,
    },
    faults: [...few.faults, ...all.faults],
  }
}

async function attend({ url, pid, asks, screens, events, prepare, happen }: FanOut) {
  const load = await startLoad<ScreensLoad>(new URL('./screens-load.ts', import.meta.url))
  try {
    await prepare?.(events + 1)
    const before = await residentBytesOf(pid)
    await load.call('open', { url: `${url}/graphql`, asks, count: screens })
    // The first event shows that every screen is attached; the feed of a group may still be starting when it is acknowledged.
    await settle()
    const faults = (await oneEvent(load, happen)).faults
    const kilobytes = ((await residentBytesOf(pid)) - before) / screens / 1024
    const meter = await startMeter({ server: { pid }, generator: { pid: load.pid } })
    const happened = []
    for (let event = 0; event < events; event++) happened.push(await oneEvent(load, happen))
    const reading = await meter()
    const { share, faults: shareFaults } = generatorShare(reading)
    return {
      serverCpu: reading.cpuSeconds.server!,
      generator: share,
      kilobytes,
      milliseconds: happened.flatMap(({ milliseconds }) => milliseconds),
      lasts: happened.map(({ milliseconds }) => Math.max(...milliseconds)),
      spreads: happened.map(({ milliseconds }) => Math.max(...milliseconds) - Math.min(...milliseconds)),
      faults: [...faults, ...happened.flatMap(event => event.faults), ...(screens === asks.length ? [] : shareFaults)],
    }
  } finally {
    await load.call('close', null)
    await load.end()
  }
}

async function oneEvent(load: Awaited<ReturnType<typeof startLoad<ScreensLoad>>>, happen: () => Promise<void>) {
  const arriving = load.call('nextEvent', { timeoutMs: eventTimeoutMs })
  const startedAt = machineMilliseconds()
  await happen()
  const { at, faults } = await arriving
  return { milliseconds: [...at].map(time => time - startedAt), faults }
}

const settle = () => new Promise(resolve => setTimeout(resolve, 1_500))

function verdicts(sections: Section[]): Verdict[] {
  const [hub, stock, broadcast] = sections.at(-1)!.rows.map(({ medians }) => medians)
  const rowsOf = ({ rows }: Section) => rows.map((row: Row) => row.medians)
  const [first] = sections.map(rowsOf)
  const ofStock = hub!.perCpuMore! / stock!.perCpuMore!
  const ofBroadcast = hub!.perCpuMore! / broadcast!.perCpuMore!
  return [
    {
      goal: 'at least 2 times graphql-ws',
      measured: `${ofStock.toFixed(2)} times (all included ${(hub!.perCpu! / stock!.perCpu!).toFixed(2)})`,
      isMet: ofStock >= 2,
    },
    { goal: 'all screens within 250 ms', measured: `${hub!.last!.toFixed(0)} ms`, isMet: hub!.last! <= 250 },
    {
      goal: 'far goal: at least 0.9 times raw ws',
      measured: `${ofBroadcast.toFixed(2)} times`,
      isMet: ofBroadcast >= 0.9,
    },
    {
      goal: 'far goal: at most 14 KB a connection',
      measured: `${hub!.kilobytes!.toFixed(1)} KB at the most screens, ${first![0]!.kilobytes!.toFixed(1)} KB at the fewest`,
      isMet: hub!.kilobytes! <= 14,
    },
  ]
}
