import { storedRatingFaults } from '../durable-rating/rating-count.ts'
import type { RatingLoad, RatingResult } from '../durable-rating/rating-load.ts'
import type { Benchmark, Column, Extent, Outcome, Run } from '../harness/benchmark.ts'
import { type HubUnderTest, startHubUnderTest } from '../harness/hub-under-test.ts'
import { type LoadProcess, startLoad } from '../harness/load-process.ts'
import { generatorShare, startMeter } from '../harness/meter.ts'
import { interleave } from '../harness/rounds.ts'
import { servicePoints } from '../harness/service-points.ts'
import { type JobQueue, startJobQueue } from '../peers/job-queue.ts'
import { defaultFaults, prepareSilentCases, strikeMidnight } from './silent-cases.ts'

const ratingsPerSecond = 100
/** Goals of a million, seconds. */
const firstGoal = 60
const farGoal = 12

const columns: Column[] = [
  { figure: 'seconds', label: 'until the last s', digits: 1 },
  { figure: 'perSecond', label: 'defaults/s', digits: 0 },
  { figure: 'p50', label: 'ratings beside it: p50 ms', digits: 1 },
  { figure: 'p99', label: 'p99 ms', digits: 1 },
  { figure: 'databaseCpu', label: 'PostgreSQL CPU µs a default', digits: 1 },
]

type Stage = { hub: HubUnderTest; load: LoadProcess<RatingLoad>; queue: JobQueue }

/** B8: silent cases turn seven days old at midnight while citizens go on rating over HTTP. */
export const defaultSweep: Benchmark = {
  name: 'b8',
  title: 'B8 default sweep (默认评价)',
  async run(extent, log) {
    const hub = await startHubUnderTest()
    const queue = await startJobQueue(hub)
    const load = await startLoad<RatingLoad>(new URL('../durable-rating/rating-load.ts', import.meta.url))
    try {
      return await measure({ hub, load, queue }, extent, log)
    } finally {
      await load.end()
      await queue.stop()
      await hub.stop()
    }
  },
}

async function measure(stage: Stage, { isShort }: Extent, log: (line: string) => void): Promise<Outcome> {
  const count = isShort ? 100_000 : 1_000_000
  const seconds = isShort ? 6 : 40
  const rows = await interleave(
    [
      { name: 'hub, beside 100 ratings/s', role: 'OURS', run: () => sweep(stage, count, seconds) },
      {
        name: 'one job each, ten workers, nothing beside it',
        role: 'PEER',
        run: () => stage.queue.runJobs(count / 20),
      },
      { name: 'one INSERT … SELECT, nothing beside it', role: 'LIMIT', run: () => stage.queue.insertSelect(count) },
    ],
    isShort ? 1 : 3,
    log,
  )
  const { seconds: taken, perSecond } = rows[0]!.medians
  const atMost = (goal: number) => (isShort ? null : taken! <= goal)
  const measured = `${taken?.toFixed(1)} s`
  return {
    title: defaultSweep.title,
    sections: [
      {
        title: `${count.toLocaleString('en-US')} at midnight`,
        columns,
        rows,
        notes: [
          `Time from the commit that makes them due until the last default is committed, the wait for the next sweep included. Void unless exactly one default each was made and every rating kept. The queue has ${(count / 20).toLocaleString('en-US')} jobs: its rate does not depend on more.`,
        ],
      },
    ],
    verdicts: [
      { goal: `a million within ${firstGoal} s beside live ratings`, measured, isMet: atMost(firstGoal) },
      { goal: `far goal: a million within ${farGoal} s`, measured, isMet: atMost(farGoal) },
      {
        goal: 'times one job each',
        measured: `${(perSecond! / rows[1]!.medians.perSecond!).toFixed(1)} times`,
        isMet: null,
      },
    ],
  }
}

async function sweep({ hub, load }: Stage, count: number, liveSeconds: number): Promise<Run> {
  const url = `${hub.url}/graphql`
  const key = await hub.keyOf('window-system')
  const points = await servicePoints(hub.owner, '/410000/410100/', 200)
  await load.call('supply', { url, key, points, count: liveSeconds * ratingsPerSecond })
  const silent = await prepareSilentCases(hub.owner, points, count)
  const { postgres } = await hub.watched()
  const read = await startMeter({ postgres: postgres!, generator: { pid: load.pid } })
  let rating: Promise<RatingResult> | null = null
  await strikeMidnight(hub.owner, silent, () => {
    rating = load.call('rate', { url, pace: { kind: 'OPEN', perSecond: ratingsPerSecond } })
  })
  const struckAt = performance.now()
  await lastIsMade(hub, silent.lastCaseId)
  const seconds = (performance.now() - struckAt) / 1000
  const result: RatingResult = await rating!
  const reading = await read()
  const { faults } = generatorShare(reading)
  return {
    figures: {
      seconds,
      perSecond: count / seconds,
      p50: result.p50,
      p99: result.p99,
      databaseCpu: (reading.cpuSeconds.postgres! / count) * 1_000_000,
    },
    faults: [
      ...faults,
      ...result.faults,
      ...(await storedRatingFaults(hub.owner, result.caseNumbers)),
      ...(await defaultFaults(hub.owner, silent)),
    ],
  }
}

/** Looks for the default of the last one by its key: counting would itself be load. */
async function lastIsMade({ owner }: HubUnderTest, lastCaseId: string): Promise<void> {
  const giveUpAt = performance.now() + 600_000
  for (;;) {
    const { rowCount } = await owner.query('select from evaluations.default_evaluations where case_id = $1', [
      lastCaseId,
    ])
    if (rowCount) return
    if (performance.now() > giveUpAt) throw new Error('the last default was not made within ten minutes')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
