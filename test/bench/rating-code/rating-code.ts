import type { Benchmark, Column, Extent, Outcome, Row, Run, Section, Verdict } from '../harness/benchmark.ts'
import { type HubUnderTest, startHubUnderTest } from '../harness/hub-under-test.ts'
import { startLoad } from '../harness/load-process.ts'
import { generatorShare, startMeter } from '../harness/meter.ts'
import { type Contender, interleave } from '../harness/rounds.ts'
import { servicePoints } from '../harness/service-points.ts'
import { type CodeMaker, codeMakers, freshAddress, type Picture } from './code-makers.ts'
import { readPng, readPngsByZbar, readSvg } from './decode.ts'
import type { IssuingLoad } from './issuing-load.ts'

const windowsAskPerSecond = 200
const decodedOfEachRun = 40

const makingColumns: Column[] = [
  { figure: 'perCpuSecond', label: 'pictures per CPU s', digits: 0 },
  { figure: 'bytes', label: 'bytes', digits: 0 },
  { figure: 'decoded', label: 'decoded back', digits: 0 },
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
      picture === 'SVG'
        ? "Every picture has a fresh signed token. The hub's SVGs are drawn and read back by jsqr; those of the peers are taken as they are."
        : 'Each sample is read back by jsqr, and by zbarimg where it is installed.',
    ],
  }
}

async function makeFor({ role, picture, make }: CodeMaker, seconds: number): Promise<Run> {
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
  const faults = role === 'OURS' || picture === 'PNG' ? await unreadable(made) : []
  const bytes = made.reduce((sum, { image }) => sum + Buffer.byteLength(image), 0) / made.length
  return {
    figures: {
      perCpuSecond: count / ((user + system) / 1e6),
      bytes,
      ...(role === 'OURS' || picture === 'PNG' ? { decoded: made.length } : {}),
    },
    faults,
  }
}

async function unreadable(made: { url: string; image: string | Buffer }[]): Promise<string[]> {
  const wrong = made.filter(({ url, image }) => (typeof image === 'string' ? readSvg(image) : readPng(image)) !== url)
  const pngs = made.filter(({ image }) => typeof image !== 'string').slice(0, 5)
  const byZbar = pngs.length > 0 ? await readPngsByZbar(pngs.map(({ image }) => image as Buffer)) : null
  const wrongByZbar = byZbar?.filter((text, index) => text !== pngs[index]!.url) ?? []
  return [
    ...(wrong.length > 0 ? [`jsqr did not read ${wrong.length} of ${made.length}`] : []),
    ...(wrongByZbar.length > 0 ? [`zbarimg did not read ${wrongByZbar.length} of ${pngs.length}`] : []),
  ]
}

async function askingThroughRouter({ isShort }: Extent, log: (line: string) => void): Promise<Section> {
  const hub = await startHubUnderTest()
  try {
    await ask(hub, 1)
    const contenders: Contender[] = [{ name: 'hub', role: 'OURS', run: () => ask(hub, isShort ? 3 : 8) }]
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

async function ask(hub: HubUnderTest, seconds: number): Promise<Run> {
  const load = await startLoad<IssuingLoad>(new URL('./issuing-load.ts', import.meta.url))
  try {
    const url = `${hub.url}/graphql`
    const key = await hub.keyOf('window-system')
    const points = await servicePoints(hub.owner, '/410000/410100/', 200)
    await load.call('supply', { url, key, points, count: windowsAskPerSecond * seconds })
    const meter = await startMeter({ ...(await hub.watched()), generator: { pid: load.pid } })
    const result = await load.call('issue', { url, key, pace: { kind: 'OPEN', perSecond: windowsAskPerSecond } })
    const reading = await meter()
    const { share, faults } = generatorShare(reading)
    const unread = result.sample.filter(({ url: address, svg }) => readSvg(svg) !== address)
    return {
      figures: {
        perSecond: result.issued / result.seconds,
        p50: result.p50,
        p99: result.p99,
        serverCpu: (reading.cpuSeconds.hub! / result.issued) * 1000,
        databaseCpu: (reading.cpuSeconds.postgres! / result.issued) * 1000,
        generator: share,
      },
      faults: [...faults, ...result.faults, ...(unread.length > 0 ? [`jsqr did not read ${unread.length} codes`] : [])],
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
  const { p99 } = asking.rows[0]!.medians
  return [
    {
      goal: `windows: p99 at most 20 ms at ${windowsAskPerSecond}/s`,
      measured: `${p99!.toFixed(1)} ms`,
      isMet: p99! <= 20,
    },
    { goal: 'SVG at most 1.5 kB', measured: `${bytes!.toFixed(0)} bytes`, isMet: bytes! <= 1_500 },
    {
      goal: 'far goal: as many SVGs a core as the best library',
      measured: `${rate(hub!).toFixed(0)}/s, the best library ${best.toFixed(0)}/s`,
      isMet: rate(hub!) >= best,
    },
  ]
}
