import type { Benchmark, Column, Extent, Outcome, Row, Section, Verdict } from '../harness/benchmark.ts'
import { type HubUnderTest, startHubUnderTest } from '../harness/hub-under-test.ts'
import { type Contender, interleave } from '../harness/rounds.ts'
import type { ScreenAsk } from '../harness/screen.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'
import { servicePoints } from '../harness/service-points.ts'
import { type Attended, fanOut, hold } from './attendance.ts'
import { badRating, prepareBadRatings, ratingGiver } from './bad-rating.ts'
import { learnSample } from './sample-event.ts'
import { fiftyAsks, viewersOf } from './wall-asks.ts'

const columns: Column[] = [
  { figure: 'perCpu', label: 'deliveries per server CPU s', digits: 0 },
  { figure: 'eventCpu', label: 'CPU ms an event, one screen for each subscription', digits: 1 },
  { figure: 'perCpuMore', label: 'further deliveries per CPU s', digits: 0 },
  { figure: 'p50', label: 'p50 ms', digits: 1 },
  { figure: 'p99', label: 'p99 ms', digits: 1 },
  { figure: 'last', label: 'to the last screen ms', digits: 1 },
  { figure: 'spread', label: 'first to last screen ms', digits: 1 },
  { figure: 'generator', label: 'generator', digits: 2 },
]

const note =
  "The hub's figures hold everything from handing the rating in: code check, commit, relay, review with its clock, live feed, one query over the subgraphs for each subscription. The peers only publish an event that is there already. “Further deliveries” leaves what an event costs with one screen for each subscription out on all sides."

type Server = { name: string; role: Contender['role']; attended: Attended }
type Stage = { servers: Server[]; asks: ScreenAsk[] }

/** B3: one bad rating on many screens that ask fifty different things. */
export const wallFanOut: Benchmark = {
  name: 'b3',
  title: 'B3 wall fan-out (大屏推送)',
  async run(extent, log) {
    const hub = await startHubUnderTest()
    const stock = await startServer('test/bench/peers/graphql-ws-server.ts', { NODE_ENV: 'production' })
    const broadcast = await startServer('test/bench/peers/broadcast-server.ts', { NODE_ENV: 'production' })
    try {
      return await measure(await setUp(hub, stock, broadcast), extent, log)
    } finally {
      await stock.end('SIGKILL')
      await broadcast.end('SIGKILL')
      await hub.stop()
    }
  },
}

async function setUp(hub: HubUnderTest, stock: ServerProcess, broadcast: ServerProcess): Promise<Stage> {
  // The first start has made the demo province; its heap would shrink while connections are weighed.
  await hub.kill()
  await hub.start()
  const [point] = await servicePoints(hub.owner, '/410000/410100/', 1)
  const giver = await ratingGiver(hub, point!)
  const asks = fiftyAsks(point!, await hub.makeClients(viewersOf(point!)))
  // As the hub sends it to a wall; the peers send the same.
  const sample = await learnSample(hub, asks[0]!, giver)
  let position = 1_000_000
  const publishing = ({ url, pid }: ServerProcess): Attended => ({
    url,
    pid,
    async happen() {
      position += 1
      const event = { ...sample, position: String(position), previousPosition: String(position - 1) }
      await fetch(`${url}/publish`, { method: 'POST', body: JSON.stringify(event) })
    },
  })
  const rated: Attended = {
    url: hub.url,
    pid: hub.pid(),
    prepare: count => prepareBadRatings(giver, count),
    happen: () => badRating(giver),
  }
  return {
    asks,
    servers: [
      { name: 'hub', role: 'OURS', attended: rated },
      { name: 'graphql-ws + graphql-js', role: 'PEER', attended: publishing(stock) },
      { name: '`ws`, one buffer to all', role: 'LIMIT', attended: publishing(broadcast) },
    ],
  }
}

async function measure({ servers, asks }: Stage, { isShort }: Extent, log: (line: string) => void): Promise<Outcome> {
  const rounds = isShort ? 1 : 3
  const most = isShort ? 1_000 : 5_000
  const run = async (title: string, screens: number, events: number, asked: ScreenAsk[]): Promise<Section> => {
    log(` ${title}`)
    const contenders = servers.map(({ name, role, attended }) => ({
      name,
      role,
      run: () => fanOut({ ...attended, asks: asked, screens, events }),
    }))
    return { title, columns, rows: await interleave(contenders, rounds, log), notes: [note] }
  }
  const sections = [
    await memory({ servers, asks }, most, log),
    ...(isShort ? [] : [await run('1,000 screens, 50 different subscriptions', 1_000, 20, asks)]),
    await run(`${most.toLocaleString('en-US')} screens, 50 different subscriptions`, most, 10, asks),
    await run(`${most.toLocaleString('en-US')} screens, all the same subscription`, most, 10, asks.slice(0, 1)),
  ]
  return { title: wallFanOut.title, sections, verdicts: verdicts(sections) }
}

/** First of all, while the processes are fresh: later their heaps have room that hides what a connection takes. */
async function memory({ servers, asks }: Stage, screens: number, log: (line: string) => void): Promise<Section> {
  const contenders = servers.map(({ name, role, attended }) => ({
    name,
    role,
    run: () => hold({ ...attended, asks, screens }),
  }))
  return {
    title: `memory of ${screens.toLocaleString('en-US')} screens that hang there`,
    columns: [{ figure: 'kilobytes', label: 'KB a connection (RSS)', digits: 1 }],
    rows: await interleave(contenders, 1, log),
    notes: [],
  }
}

function verdicts(sections: Section[]): Verdict[] {
  const medians = (section: Section) => section.rows.map((row: Row) => row.medians)
  const [hub, stock] = medians(sections.at(-2)!)
  const [same, stockSame, broadcastSame] = medians(sections.at(-1)!)
  const kilobytes = medians(sections[0]!)[0]!.kilobytes!
  const ofStock = hub!.perCpu! / stock!.perCpu!
  const ofStockSame = same!.perCpuMore! / stockSame!.perCpuMore!
  const ofBroadcast = same!.perCpuMore! / broadcastSame!.perCpuMore!
  return [
    {
      goal: 'at least 2 times graphql-ws',
      measured: `${ofStock.toFixed(2)} times with everything that the hub does for an event, ${ofStockSame.toFixed(2)} times for further deliveries`,
      isMet: ofStock >= 2,
    },
    {
      goal: 'all screens within 250 ms of the rating',
      measured: `${hub!.last!.toFixed(0)} ms`,
      isMet: hub!.last! <= 250,
    },
    {
      goal: 'far goal: further deliveries at least 0.9 times raw ws',
      measured: `${ofBroadcast.toFixed(2)} times`,
      isMet: ofBroadcast >= 0.9,
    },
    { goal: 'far goal: at most 14 KB a connection', measured: `${kilobytes.toFixed(1)} KB`, isMet: kilobytes <= 14 },
  ]
}
