import type { Benchmark, Column, Extent, Outcome, Row, Run, Verdict } from '../harness/benchmark.ts'
import { type HubUnderTest, startHubUnderTest } from '../harness/hub-under-test.ts'
import { type LoadProcess, startLoad } from '../harness/load-process.ts'
import { generatorShare, startMeter } from '../harness/meter.ts'
import { postConnection } from '../harness/post-connection.ts'
import { type Contender, interleave } from '../harness/rounds.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { caseStory } from './case-story.ts'
import { endGateways, type Gateways, startGateways } from './gateways.ts'
import type { ReadingLoad } from './reading-load.ts'

/** The whole demo province: its front-end clients may see every case. */
const regionPath = '/410000/'
const concurrency = 16
const callers = 200
const mostStories = 1_000

const columns: Column[] = [
  { figure: 'perSecond', label: 'answers/s', digits: 0 },
  { figure: 'p50', label: 'p50 ms', digits: 1 },
  { figure: 'p99', label: 'p99 ms', digits: 1 },
  { figure: 'gatewayCpu', label: 'gateway CPU ms each', digits: 2 },
  { figure: 'subgraphCpu', label: 'subgraphs CPU ms each', digits: 2 },
  { figure: 'databaseCpu', label: 'PostgreSQL CPU ms each', digits: 2 },
  { figure: 'wholeCpu', label: 'all CPU ms each', digits: 2 },
  { figure: 'generator', label: 'generator', digits: 2 },
]

type Stage = { hub: HubUnderTest; gateways: Gateways; load: LoadProcess<ReadingLoad> }

/** B2: one query that needs all four subgraphs. */
export const federatedRead: Benchmark = {
  name: 'b2',
  title: 'B2 federated read (跨子图查询)',
  async run(extent, log) {
    const hub = await startHubUnderTest()
    const load = await startLoad<ReadingLoad>(new URL('./reading-load.ts', import.meta.url))
    const gateways = await startGateways(hub, regionPath)
    try {
      return await measure({ hub, gateways, load }, extent, log)
    } finally {
      await load.end()
      await endGateways(gateways)
      await hub.stop()
    }
  },
}

async function measure(stage: Stage, { isShort }: Extent, log: (line: string) => void): Promise<Outcome> {
  const stories = await learnStories(stage.hub)
  await stage.load.call('expect', stories)
  log(` ${stories.size} cases`)
  const count = isShort ? 300 : 1_000
  for (const contender of contenders(stage, 300)) await contender.run(0)
  const rows = await interleave(contenders(stage, count), isShort ? 1 : 5, log)
  return {
    title: federatedRead.title,
    sections: [
      {
        title: `one case with rating, handling and link, ${concurrency} at once`,
        columns,
        rows,
        notes: [
          `Every request asks for a random case, as one of ${callers} callers. The hub knows who holds a credential for ten seconds, then asks its database again, and notes a caller who was away; the peers believe every credential.`,
          'The first two rows run the subgraphs inside the process (`npm start`), so their CPU stands under the gateway; all others reach the same subgraphs over HTTP, each hop with a signed identity.',
        ],
      },
    ],
    verdicts: verdicts(rows),
  }
}

function contenders({ hub, gateways, load }: Stage, count: number): Contender[] {
  const outside = (name: string, role: Contender['role'], gateway: ServerProcess, url: string): Contender => ({
    name,
    role,
    run: () =>
      read({
        hub,
        load,
        url,
        count,
        credentialCount: callers,
        gateway: gateway.pid,
        subgraphs: gateways.subgraphs.pid,
      }),
  })
  const inside = (name: string, credentialCount: number): Contender => ({
    name,
    role: 'OURS',
    run: () => read({ hub, load, url: `${hub.url}/graphql`, count, credentialCount, gateway: hub.pid() }),
  })
  const { hubRouter, apollo, hiveWithoutRust, hiveWithRust, proxy } = gateways
  return [
    inside('hub, all in one process', callers),
    inside('hub, the same, every caller never seen before', count),
    outside('hub, router before subgraphs on ports', 'OURS', hubRouter, `${hubRouter.url}/graphql`),
    outside('@apollo/gateway', 'PEER', apollo, apollo.url),
    outside('Hive Gateway runtime', 'PEER', hiveWithoutRust, hiveWithoutRust.url),
    outside('Hive Gateway runtime, Rust planner', 'PEER', hiveWithRust, hiveWithRust.url),
    outside('hand-written proxy', 'LIMIT', proxy, proxy.url),
  ]
}

async function read(options: {
  hub: HubUnderTest
  load: LoadProcess<ReadingLoad>
  url: string
  count: number
  credentialCount: number
  gateway: number
  subgraphs?: number
}): Promise<Run> {
  const { hub, load, url, count, credentialCount, gateway, subgraphs } = options
  const credentials = await hub.makeClients(
    Array.from({ length: credentialCount }, () => ({
      role: 'FRONTEND_CLIENT',
      scope: { reach: 'REGION', regionPath },
    })),
  )
  const { postgres } = await hub.watched()
  const meter = await startMeter({
    gateway: { pid: gateway },
    postgres: postgres!,
    generator: { pid: load.pid },
    ...(subgraphs ? { subgraphs: { pid: subgraphs } } : {}),
  })
  const result = await load.call('read', { url, pace: { kind: 'CLOSED', concurrency }, count, credentials })
  const reading = await meter()
  const { share, faults } = generatorShare(reading)
  const each = (name: string) => ((reading.cpuSeconds[name] ?? 0) / result.answers) * 1000
  return {
    figures: {
      perSecond: result.answers / result.seconds,
      p50: result.p50,
      p99: result.p99,
      gatewayCpu: each('gateway'),
      ...(subgraphs ? { subgraphCpu: each('subgraphs') } : {}),
      databaseCpu: each('postgres'),
      wholeCpu: each('gateway') + each('subgraphs') + each('postgres'),
      generator: share,
    },
    faults: [...faults, ...result.faults],
  }
}

/** What every case's story is, asked once from the hub and counted against the tables. */
async function learnStories(hub: HubUnderTest): Promise<Map<string, unknown>> {
  const { rows } = await hub.owner.query<{ caseNumber: string; ratings: number; reviews: number }>(
    `select c.case_number as "caseNumber", count(e.id)::int as ratings,
       (select count(*)::int from workflow.negative_reviews r where r.case_id = c.id) as reviews
     from cases.service_cases c join evaluations.evaluations e on e.case_id = c.id
     where c.region_path like $1 and not e.is_anonymous
     group by c.case_number, c.id order by reviews desc, c.case_number limit $2`,
    [`${regionPath}%`, mostStories],
  )
  const [key] = await hub.makeClients([{ role: 'FRONTEND_CLIENT', scope: { reach: 'REGION', regionPath } }])
  const { post, close } = postConnection(`${hub.url}/graphql`, 8)
  const stories = new Map<string, unknown>()
  for (const { caseNumber, ratings, reviews } of rows) {
    const { text } = await post(JSON.stringify({ query: caseStory, variables: { caseNumber } }), key)
    const { data, errors } = JSON.parse(text)
    const evaluations: { negativeReview: object | null }[] = data?.serviceCase?.evaluations ?? []
    const told = evaluations.filter(({ negativeReview }) => negativeReview).length
    if (errors || evaluations.length !== ratings || told !== reviews) {
      throw new Error(
        `case ${caseNumber} has ${ratings} ratings and ${reviews} reviews, but its story is ${text.slice(0, 500)}`,
      )
    }
    stories.set(caseNumber, data)
  }
  close()
  return stories
}

function verdicts(rows: Row[]): Verdict[] {
  const [embedded, , router, apollo, , rust] = rows.map(({ medians }) => medians)
  const times = (ours: typeof embedded, theirs: typeof embedded, figure: string) => ours![figure]! / theirs![figure]!
  const text = (ours: typeof embedded, theirs: typeof embedded) =>
    `${times(ours, theirs, 'perSecond').toFixed(2)} times the rate, ${times(theirs, ours, 'wholeCpu').toFixed(2)} times fewer CPU seconds each`
  const verdict = (goal: string, ours: typeof embedded, theirs: typeof embedded): Verdict => ({
    goal,
    measured: text(ours, theirs),
    isMet: times(ours, theirs, 'perSecond') >= 2,
  })
  return [
    verdict('at least 2 times @apollo/gateway, all in one process', embedded, apollo),
    verdict('the same, router before subgraphs on ports', router, apollo),
    verdict('far goal: at least 2 times the gateway with the Rust planner, all in one process', embedded, rust),
  ]
}
