import type { Benchmark, Column, Extent, Outcome, Row, Run, Section, Verdict } from '../harness/benchmark.ts'
import { type HubUnderTest, startHubUnderTest } from '../harness/hub-under-test.ts'
import { startLoad } from '../harness/load-process.ts'
import { generatorShare, startMeter } from '../harness/meter.ts'
import { type Contender, interleave } from '../harness/rounds.ts'
import { servicePoints } from '../harness/service-points.ts'
import { type CodeMaker, codeMakers, freshAddress, type Picture } from './code-makers.ts'
import { type Legibility, legibilityOf, viewNames } from './decode.ts'
import type { IssuingLoad } from './issuing-load.ts'

const windowsAskPerSecond = 200
const decodedOfEachRun = 10
/** Kinds that systems ask for; links by SMS and static codes are not issued while somebody waits. */
const issuedKinds = ['SCREEN', 'RECEIPT', 'TERMINAL'] as const

const makingColumns: Column[] = [
  { figure: 'perCpuSecond', label: 'pictures per CPU s', digits: 0 },
  { figure: 'bytes', label: 'bytes', digits: 0 },
  ...viewNames.map(figure => ({ figure, label: `read ${figure}`, digits: 2 })),
]

const askingColumns: Column[] = [
  { figure: 'perSecond', label: 'codes/s', digits: 0 },
  { figure: 'p50', label: 'p50 ms', digits: 1 },
  { figure: 'p99', label: 'p99 ms', digits: 1 },
  { figure: 'serverCpu', label: 'hub CPU ms each', digits: 2 },
  { figure: 'databaseCpu', label: 'PostgreSQL CPU ms each', digits: 2 },
  { figure: 'generator', label: 'generator', digits: 2 },
]

/** B5: a signed code and its picture, and windows that ask for them. */
export const ratingCode: Benchmark = {
  name: 'b5',
  title: 'B5 dynamic QR code (动态二维码)',
  async run(extent, log): Promise<Outcome> {
    const pictures = [await making('SVG', extent, log), await making('PNG', extent, log)]
    const asking = await askingThroughRouter(extent, log)
    return { title: ratingCode.title, sections: [...pictures, asking], verdicts: verdicts(pictures[0]!, asking) }
  },
}

async function making(picture: Picture, { isShort }: Extent, log: (line: string) => void): Promise<Section> {
  const seconds = isShort ? 0.3 : 1
  const makers = codeMakers.filter(maker => maker.picture === picture)
  for (const maker of makers) await makeFor(maker, 0.2)
  const contenders: Contender[] = makers.map(maker => ({ ...maker, run: () => makeFor(maker, seconds) }))
  return {
    title: `token and ${picture}, one core`,
    columns: makingColumns,
    rows: await interleave(contenders, isShort ? 3 : 5, log),
    notes: [
      `Every picture has a fresh signed token. ${decodedOfEachRun} of each run are read back by jsqr and zxing: as made, at 120 px, turned by 15°, as JPEG at quality 40. The shares are of all readings.`,
    ],
  }
}

async function makeFor({ make }: CodeMaker, seconds: number): Promise<Run> {
  const made: { url: string; image: string | Buffer }[] = []
  const before = process.cpuUsage()
  const end = performance.now() + seconds * 1000
  let count = 0
  while (performance.now() < end) {
    const url = freshAddress()
    const image = await make(url)
    if (count < decodedOfEachRun) made.push({ url, image })
    count += 1
  }
  const { user, system } = process.cpuUsage(before)
  const legibility = await legibilityOf(made)
  const bytes = made.reduce((sum, { image }) => sum + Buffer.byteLength(image), 0) / made.length
  const perCpuSecond = count / ((user + system) / 1e6)
  return { figures: { perCpuSecond, bytes, ...legibility }, faults: unreadable(legibility) }
}

/** A picture as it was made has to be read by both readers; how much more it bears is a figure. */
function unreadable({ plain }: Legibility): string[] {
  return plain === 1 ? [] : [`only ${plain.toFixed(2)} of the pictures as they were made were read`]
}

async function askingThroughRouter({ isShort }: Extent, log: (line: string) => void): Promise<Section> {
  const hub = await startHubUnderTest()
  try {
    await ask(hub, 'SCREEN', 1)
    const contenders: Contender[] = issuedKinds.map(kind => ({
      name: `hub, ${kind}`,
      role: 'OURS',
      run: () => ask(hub, kind, isShort ? 3 : 8),
    }))
    return {
      title: `windows ask through the router, ${windowsAskPerSecond} a second`,
      columns: askingColumns,
      rows: await interleave(contenders, isShort ? 1 : 3, log),
      notes: ['Each for a case that was closed just before, the first code of that case, with its SVG.'],
    }
  } finally {
    await hub.stop()
  }
}

async function ask(hub: HubUnderTest, kind: (typeof issuedKinds)[number], seconds: number): Promise<Run> {
  const load = await startLoad<IssuingLoad>(new URL('./issuing-load.ts', import.meta.url))
  try {
    const url = `${hub.url}/graphql`
    const key = await hub.keyOf('window-system')
    const points = await servicePoints(hub.owner, '/410000/410100/', 200)
    await load.call('supply', { url, key, points, count: windowsAskPerSecond * seconds })
    const meter = await startMeter({ ...(await hub.watched()), generator: { pid: load.pid } })
    const result = await load.call('issue', { url, key, kind, pace: { kind: 'OPEN', perSecond: windowsAskPerSecond } })
    const reading = await meter()
    const { share, faults } = generatorShare(reading)
    const legibility = await legibilityOf(result.sample.map(code => ({ url: code.url, image: code.svg })))
    return {
      figures: {
        perSecond: result.issued / result.seconds,
        p50: result.p50,
        p99: result.p99,
        serverCpu: (reading.cpuSeconds.hub! / result.issued) * 1000,
        databaseCpu: (reading.cpuSeconds.postgres! / result.issued) * 1000,
        generator: share,
      },
      faults: [...faults, ...result.faults, ...unreadable(legibility)],
    }
  } finally {
    await load.end()
  }
}

function verdicts(svg: Section, asking: Section): Verdict[] {
  const rate = (row: Row) => row.medians.perCpuSecond!
  const [hub, ...peers] = svg.rows
  const best = Math.max(...peers.map(rate))
  const { bytes } = hub!.medians
  const p99 = Math.max(...asking.rows.map(({ medians }) => medians.p99!))
  return [
    {
      goal: `windows: p99 at most 20 ms at ${windowsAskPerSecond}/s`,
      measured: `${p99.toFixed(1)} ms, the slowest kind`,
      isMet: p99 <= 20,
    },
    { goal: 'SVG at most 1.5 kB', measured: `${bytes!.toFixed(0)} bytes`, isMet: bytes! <= 1_500 },
    {
      goal: 'far goal: as many SVGs a core as the best library',
      measured: `${rate(hub!).toFixed(0)}/s, the best library ${best.toFixed(0)}/s`,
      isMet: rate(hub!) >= best,
    },
  ]
}
