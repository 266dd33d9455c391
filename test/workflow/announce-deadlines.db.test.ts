import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { announceDeadlines } from '../../subgraphs/workflow/actions/announce-deadlines.ts'
import { sweepDeadlines } from '../../subgraphs/workflow/actions/sweep-deadlines.ts'
import { waitFor } from '../kit/wait-for.ts'
import { county, everything, placementAt, rated, type Scene, startScene, supervisorOf } from './workflow-scene.ts'

// Far ahead of the machine's clock, which the subgraph itself runs by here: only these tests' own sweeps come so far.
const start = new Date('2090-03-01T00:00:00.000Z')
const after = (time: string) => {
  const [hours, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return new Date(start.getTime() + ((hours! * 60 + minutes) * 60 + seconds) * 1000)
}

let scene: Scene
let review: string
let hall: ReturnType<typeof placementAt>
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())
beforeEach(async () => {
  hall = placementAt(county)
  await scene.database.inScope(everything, tx => tx.query('update workflow.deadlines set next_notice_at = null'))
  const [opened] = await scene.opened(rated(hall, { evaluatedAt: start.toISOString() }))
  review = opened!
})

/** What the feed of this test's hall says of its clocks, in order. */
async function said(): Promise<{ kind: string; secondsLeft: number }[]> {
  const rows = await scene.database.inScope(everything, tx =>
    tx.query<{ type: string; seconds_left: number }>(
      `select type, (payload ->> 'secondsLeft')::int as seconds_left from workflow.outbox
       where feed = 'deadlines' and hall_id = $1 and type <> 'DeadlineStarted' order by seq`,
      [hall.hallId],
    ),
  )
  return rows.map(({ type, seconds_left }) => ({ kind: type.replace('Deadline', ''), secondsLeft: seconds_left }))
}

async function clock() {
  const [row] = await scene.database.inScope(everything, tx =>
    tx.query('select state, due_at, ended_at, next_notice_at from workflow.deadlines where negative_review_id = $1', [
      review,
    ]),
  )
  return row
}

const sweep = (now: Date) => announceDeadlines(scene.database, now)
const inOrder = [
  { kind: 'Approaching', secondsLeft: 12 * 3600 },
  { kind: 'Approaching', secondsLeft: 4 * 3600 },
  { kind: 'Approaching', secondsLeft: 3600 },
  { kind: 'Passed', secondsLeft: 0 },
]

test('each threshold and the passing are announced once, at their time, however often it is swept', async () => {
  const told: number[] = []
  for (const time of ['0', '11:59:59', '12', '12:00:01', '19', '20', '20', '23', '23:30', '24', '24:00:01', '96']) {
    await sweep(after(time))
    told.push((await said()).length)
  }
  expect(told).toEqual([0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4])
  expect(await said()).toEqual(inOrder)
  expect(await clock()).toEqual({ state: 'PASSED', due_at: after('24'), ended_at: null, next_notice_at: null })
})

test('a sweep answers when the next notice comes', async () => {
  expect(await sweep(after('0'))).toEqual(after('12'))
  expect(await sweep(after('12'))).toEqual(after('20'))
  expect(await sweep(after('24'))).toBeNull()
})

test('sweeps at the same moment announce each clock once between them', async () => {
  const others = await scene.opened(
    ...Array.from({ length: 300 }, () => rated(hall, { evaluatedAt: start.toISOString() })),
  )
  for (const time of ['12', '20', '23', '24']) {
    await Promise.all(Array.from({ length: 6 }, () => sweep(after(time))))
  }
  const counts = await scene.database.inScope(everything, tx =>
    tx.query<{ id: string; facts: string[] }>(
      `select payload ->> 'negativeReviewId' as id, array_agg(payload ->> 'secondsLeft' order by seq) as facts
       from workflow.outbox where feed = 'deadlines' and hall_id = $1 and type <> 'DeadlineStarted' group by 1`,
      [hall.hallId],
    ),
  )
  const each = ['43200', '14400', '3600', '0']
  expect(counts.map(({ id }) => id).sort()).toEqual([review, ...others].sort())
  expect(counts.filter(({ facts }) => JSON.stringify(facts) !== JSON.stringify(each))).toEqual([])
})

test('a sweeper that was dead for three days catches up with one announcement and the original end', async () => {
  await sweep(after('96'))
  expect(await said()).toEqual([{ kind: 'Passed', secondsLeft: -72 * 3600 }])
  expect(await clock()).toEqual({ state: 'PASSED', due_at: after('24'), ended_at: null, next_notice_at: null })
})

test('a sweeper that slept through two thresholds warns once, with the time that is really left, and goes on', async () => {
  await sweep(after('21'))
  expect(await said()).toEqual([{ kind: 'Approaching', secondsLeft: 3 * 3600 }])
  await sweep(after('23'))
  await sweep(after('24'))
  expect((await said()).slice(1)).toEqual(inOrder.slice(2))
})

test('a clock that was met in time is announced no more', async () => {
  await scene.database.inScope(everything, tx =>
    tx.query(`update workflow.deadlines set state = 'MET', ended_at = $2 where negative_review_id = $1`, [
      review,
      after('6'),
    ]),
  )
  await sweep(after('30'))
  expect(await said()).toEqual([])
})

test('a fact that cannot be written leaves its clock as it was, to be announced by the next sweep', async () => {
  const broken: typeof scene.database = {
    ...scene.database,
    inScope: (scope, work) =>
      scene.database.inScope(scope, tx =>
        work({
          ...tx,
          query: (sql, parameters) =>
            sql.includes('workflow.outbox') ? Promise.reject(new Error('disk full')) : tx.query(sql, parameters),
        }),
      ),
  }
  await expect(announceDeadlines(broken, after('12'))).rejects.toThrow('disk full')
  expect(await clock()).toMatchObject({ state: 'RUNNING', next_notice_at: after('12') })
  await sweep(after('12'))
  expect(await said()).toEqual(inOrder.slice(0, 1))
})

test('the running sweep announces by the clock it is given, and its facts reach the feed of the hall', async () => {
  let now = after('0')
  const log: string[] = []
  const running = sweepDeadlines({ database: scene.database, now: () => now, log: line => void log.push(line) })
  for (const [time, count] of [
    ['12', 1],
    ['20', 2],
    ['23', 3],
    ['24', 4],
  ] as const) {
    now = after(time)
    await waitFor(async () => (await said()).length === count, `announcement ${count}`)
  }
  await running.stop()
  expect([await said(), log]).toEqual([inOrder, []])
  const feed = await waitFor(async () => {
    const { data } = await scene.ask<{ deadlineFeed: { events: { kind: string; secondsLeft: number }[] } }>(
      supervisorOf(hall),
      `{ deadlineFeed(after: "0") { events { kind secondsLeft deadline { kind state dueAt negativeReview { id } } } } }`,
    )
    return data.deadlineFeed.events.length === 5 && data.deadlineFeed.events
  })
  const deadline = {
    ...{ kind: 'VERIFICATION', state: 'PASSED', dueAt: after('24').toISOString() },
    negativeReview: { id: review },
  }
  expect(feed.slice(1)).toEqual(
    inOrder.map(({ kind, secondsLeft }) => ({ kind: kind.toUpperCase(), secondsLeft, deadline })),
  )
  expect(feed[0]).toMatchObject({ kind: 'STARTED', deadline })
})

test('a sweep that fails is named in the log and made up for', async () => {
  let isBroken = true
  const log: string[] = []
  const flaky: typeof scene.database = {
    ...scene.database,
    inScope: (scope, work) => (isBroken ? Promise.reject(new Error('no route')) : scene.database.inScope(scope, work)),
  }
  const running = sweepDeadlines({ database: flaky, now: () => after('24'), log: line => void log.push(line) })
  await waitFor(() => log.length > 0)
  isBroken = false
  await waitFor(async () => (await said()).length === 1)
  await running.stop()
  expect(new Set(log)).toEqual(new Set(['sweep of deadlines: no route']))
})
