import type { Benchmark, Column, Extent, Outcome, Row, Run, Verdict } from '../harness/benchmark.ts'
import { type HubUnderTest, startHubUnderTest } from '../harness/hub-under-test.ts'
import { type LoadProcess, startLoad } from '../harness/load-process.ts'
import { generatorShare, startMeter, type Watched } from '../harness/meter.ts'
import type { Pace } from '../harness/pace.ts'
import { type Contender, interleave } from '../harness/rounds.ts'
import { servicePoints } from '../harness/service-points.ts'
import { type Pgbench, preparePgbench } from '../peers/pgbench.ts'
import { type StockRecipe, startStockRecipe } from '../peers/start-stock-recipe.ts'
import { storedRatingFaults } from './rating-count.ts'
import type { RatingLoad, RatingResult } from './rating-load.ts'

/** Bursts to be carried: the busiest province, and a nation (quality page). */
const provincePerSecond = 165
const nationPerSecond = 1_850

const columns: Column[] = [
  { figure: 'perSecond', label: 'ratings/s', digits: 0 },
  { figure: 'p50', label: 'p50 ms', digits: 1 },
  { figure: 'p99', label: 'p99 ms', digits: 1 },
  { figure: 'serverCpu', label: 'server CPU ms each', digits: 2 },
  { figure: 'databaseCpu', label: 'PostgreSQL CPU ms each', digits: 2 },
  { figure: 'generator', label: 'generator', digits: 2 },
]

type Stage = {
  hub: HubUnderTest
  stock: StockRecipe
  pgbench: Pgbench | null
  load: LoadProcess<RatingLoad>
}

/** B1: a rating handed in over HTTP until it is committed together with its event and acknowledged. */
export const durableRating: Benchmark = {
  name: 'b1',
  title: 'B1 durable rating (评价落库)',
  async run(extent, log) {
    const hub = await startHubUnderTest()
    const stock = await startStockRecipe(hub)
    const pgbench = await preparePgbench(hub)
    const load = await startLoad<RatingLoad>(new URL('./rating-load.ts', import.meta.url))
    try {
      return await measure({ hub, stock, pgbench, load }, extent, log)
    } finally {
      await load.end()
      await stock.stop()
      await pgbench?.stop()
      await hub.stop()
    }
  },
}

async function measure(stage: Stage, { isShort }: Extent, log: (line: string) => void): Promise<Outcome> {
  const rounds = isShort ? 1 : 5
  const count = isShort ? 500 : 1_000
  // The first ratings of a process meet cold code; nobody is measured on those.
  await rateHub(stage, { kind: 'CLOSED', concurrency: 16 }, 500)
  await rateStock(stage, { kind: 'CLOSED', concurrency: 16 }, 500)
  const closed: { concurrency: number; rows: Row[] }[] = []
  for (const concurrency of isShort ? [32] : [8, 32, 128]) {
    log(` ${concurrency} at once`)
    const pace: Pace = { kind: 'CLOSED', concurrency }
    closed.push({
      concurrency,
      rows: await interleave(contenders(stage, pace, count, concurrency === 32), rounds, log),
    })
  }
  log(' fixed rates')
  const atFixedRate = (perSecond: number, seconds: number) =>
    interleave(contenders(stage, { kind: 'OPEN', perSecond }, perSecond * seconds), isShort ? 1 : 3, log)
  const province = await atFixedRate(provincePerSecond, isShort ? 4 : 6)
  const reached = Math.max(...closed.map(({ rows }) => rows[0]!.medians.perSecond ?? 0))
  // A rate that is out of reach would only fill a queue and say nothing.
  const fastest = reached >= nationPerSecond ? nationPerSecond : Math.floor((reached * 0.7) / 50) * 50
  const burst = await atFixedRate(fastest, isShort ? 2 : 4)
  return {
    title: durableRating.title,
    sections: [
      ...closed.map(({ concurrency, rows }) => ({
        title: `${concurrency} ratings at once`,
        columns,
        rows,
        notes: [],
      })),
      { title: `${provincePerSecond} a second, the burst of the busiest province`, columns, rows: province, notes: [] },
      {
        title: `${fastest} a second${fastest === nationPerSecond ? ', the burst of a nation' : `: 70 % of what it can, since ${nationPerSecond} are out of its reach`}`,
        columns,
        rows: burst,
        notes: [
          'At a fixed rate a rating counts from when it was due. pgbench shows its mean latency in place of the median and keeps no p99.',
        ],
      },
    ],
    verdicts: verdicts(closed, province, fastest === nationPerSecond ? burst : null),
  }
}

function contenders(stage: Stage, pace: Pace, count: number, withLimits = false): Contender[] {
  const { pgbench } = stage
  const limits: Contender[] =
    pgbench && withLimits
      ? (['the transaction of a rating', 'one row and no more'] as const).map(script => ({
          name: `pgbench, ${script}`,
          role: 'LIMIT',
          run: () => pgbench.run(script, 2),
        }))
      : []
  return [
    { name: 'hub', role: 'OURS', run: () => rateHub(stage, pace, count) },
    { name: 'stock recipe', role: 'PEER', run: () => rateStock(stage, pace, count) },
    ...limits,
  ]
}

async function rateHub({ hub, load }: Stage, pace: Pace, count: number): Promise<Run> {
  const url = `${hub.url}/graphql`
  const key = await hub.keyOf('window-system')
  const points = await servicePoints(hub.owner, '/410000/410100/', 200)
  await load.call('supply', { url, key, points, count })
  const { hub: server, postgres } = await hub.watched()
  const run = await rate(load, url, pace, { server: server!, postgres: postgres! })
  return { figures: run.figures, faults: [...run.faults, ...(await storedRatingFaults(hub.owner, run.caseNumbers))] }
}

async function rateStock({ hub, stock, load }: Stage, pace: Pace, count: number): Promise<Run> {
  await load.call('take', await stock.supply(count))
  const { postgres } = await hub.watched()
  const run = await rate(load, stock.server.url, pace, { server: { pid: stock.server.pid }, postgres: postgres! })
  return { figures: run.figures, faults: [...run.faults, ...(await stock.storedFaults(run.caseNumbers))] }
}

async function rate(
  load: LoadProcess<RatingLoad>,
  url: string,
  pace: Pace,
  watched: Watched,
): Promise<Run & { caseNumbers: string[] }> {
  const read = await startMeter({ ...watched, generator: { pid: load.pid } })
  const result: RatingResult = await load.call('rate', { url, pace })
  const reading = await read()
  const { share, faults } = generatorShare(reading)
  const each = (name: string) => (reading.cpuSeconds[name]! / result.receipts) * 1000
  return {
    figures: {
      perSecond: result.receipts / result.seconds,
      p50: result.p50,
      p99: result.p99,
      serverCpu: each('server'),
      databaseCpu: each('postgres'),
      generator: share,
    },
    faults: [...faults, ...result.faults],
    caseNumbers: result.caseNumbers,
  }
}

function verdicts(closed: { rows: Row[] }[], province: Row[], nation: Row[] | null): Verdict[] {
  const best = (name: string) =>
    Math.max(
      ...closed
        .flatMap(({ rows }) => rows)
        .filter(({ contender, faults }) => contender === name && faults.length === 0)
        .map(({ medians }) => medians.perSecond!),
    )
  const times = best('hub') / best('stock recipe')
  const ofPgbench = best('hub') / best('pgbench, one row and no more')
  const p99 = province[0]!.medians.p99!
  const nationP99 = nation?.at(0)?.medians.p99
  return [
    { goal: 'at least 3 times the stock recipe', measured: `${times.toFixed(2)} times`, isMet: times >= 3 },
    { goal: `p99 at most 50 ms at ${provincePerSecond}/s`, measured: `${p99.toFixed(1)} ms`, isMet: p99 <= 50 },
    {
      goal: `far goal: p99 at most 50 ms at ${nationPerSecond}/s`,
      measured: nationP99 === undefined ? 'out of reach' : `${nationP99.toFixed(1)} ms`,
      isMet: nationP99 !== undefined && nationP99 <= 50,
    },
    {
      goal: "far goal: at least pgbench's single-row rate",
      measured: Number.isFinite(ofPgbench) ? `${ofPgbench.toFixed(2)} times` : 'pgbench is not installed',
      isMet: Number.isFinite(ofPgbench) ? ofPgbench >= 1 : null,
    },
  ]
}
