import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordEvents } from '../../db/outbox.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { waitFor } from '../kit/wait-for.ts'
import { city, everything, hallA, managementBodyOf, rated, type Scene, startScene } from './workflow-scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await startScene()
})
afterAll(() => scene.stop())

const count = (table: string, where = 'true', parameters: unknown[] = []) =>
  scene.database.inScope(everything, async tx => {
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::int as count from ${table} where ${where}`,
      parameters,
    )
    return row!.count
  })

/** Waits until the consumer has applied everything that was written before. */
async function applied() {
  const last = rated(hallA)
  await scene.rate(last)
  await scene.reviewOf(last.payload.evaluationId)
}

test('a bad rating opens one review with a clock of exactly 24 hours that explains itself', async () => {
  const rating = rated(hallA, { score: 1, evaluatedAt: '2026-11-21T01:30:00.123Z' })
  await scene.rate(rating)
  const id = await scene.reviewOf(rating.payload.evaluationId)
  const { data, codes } = await scene.ask(
    managementBodyOf(city),
    `query Review($id: ID!) {
      negativeReview(id: $id) {
        id state score isAnonymous openedAt acknowledgedAt acknowledgedBy
        evaluation { id } serviceCase { id } region { code } department { id } hall { id } window { id } staffMember { id }
        deadlines {
          kind state startedAt dueAt endedAt policyVersion
          explanation { day isCounted reason reasonEnglish }
          negativeReview { id }
        }
      }
    }`,
    { id },
  )
  expect(codes).toEqual([])
  expect(data).toEqual({
    negativeReview: {
      id,
      state: 'DISPATCHED',
      score: 1,
      isAnonymous: false,
      openedAt: '2026-11-21T01:30:00.123Z',
      acknowledgedAt: null,
      acknowledgedBy: null,
      evaluation: { id: rating.payload.evaluationId },
      serviceCase: { id: rating.payload.caseId },
      region: { code: '410105' },
      department: { id: hallA.departmentId },
      hall: { id: hallA.hallId },
      window: { id: hallA.windowId },
      staffMember: { id: hallA.staffMemberId },
      deadlines: [
        {
          kind: 'VERIFICATION',
          // This instant is long past or far ahead of the clock on the wall; either way it has one state.
          state: expect.stringMatching(/^(RUNNING|PASSED)$/),
          startedAt: '2026-11-21T01:30:00.123Z',
          dueAt: '2026-11-22T01:30:00.123Z',
          endedAt: null,
          policyVersion: 'henan@1',
          explanation: [
            {
              day: '2026-11-21',
              isCounted: true,
              reason: '连续计时，计入14小时30分0秒',
              reasonEnglish: 'runs without a break: 14 h 30 min 0 s counted',
            },
            {
              day: '2026-11-22',
              isCounted: true,
              reason: '连续计时，计入9小时30分0秒',
              reasonEnglish: 'runs without a break: 9 h 30 min 0 s counted',
            },
          ],
          negativeReview: { id },
        },
      ],
    },
  })
})

test('the thresholds of the policy and the passing are locked in with the clock', async () => {
  const rating = rated(hallA, { evaluatedAt: '2099-01-01T00:00:00.000Z' })
  await scene.rate(rating)
  const id = await scene.reviewOf(rating.payload.evaluationId)
  const rows = await scene.database.inScope(everything, tx =>
    tx.query('select notices, next_notice_at from workflow.deadlines where negative_review_id = $1', [id]),
  )
  const notices = ['2099-01-01T12:00', '2099-01-01T20:00', '2099-01-01T23:00', '2099-01-02T00:00'].map(
    minute => new Date(`${minute}:00.000Z`),
  )
  expect(rows).toEqual([{ notices, next_notice_at: notices[0] }])
})

test('the clock of a place that counts working days is counted by the calendar', async () => {
  // Saturday 2025-09-27 in Shanghai; Sunday the 28th is a make-up working day, so "the same day" ends there.
  const rating = rated(hallA, { policyId: 'shanghai', evaluatedAt: '2025-09-27T04:00:00.000Z' })
  await scene.rate(rating)
  const id = await scene.reviewOf(rating.payload.evaluationId)
  const rows = await scene.database.inScope(everything, tx =>
    tx.query('select due_at from workflow.deadlines where negative_review_id = $1', [id]),
  )
  expect(rows).toEqual([{ due_at: new Date('2025-09-28T16:00:00.000Z') }])
})

test('the same fact told again opens nothing more', async () => {
  const rating = rated(hallA)
  await scene.rate(rating)
  await scene.rate(rating)
  await scene.rate(rating)
  await applied()
  const { evaluationId } = rating.payload
  const id = await scene.reviewOf(evaluationId)
  expect(await count('workflow.negative_reviews', 'evaluation_id = $1', [evaluationId])).toBe(1)
  expect(await count('workflow.deadlines', 'negative_review_id = $1', [id])).toBe(1)
  expect(await count('workflow.outbox', `type = 'NegativeReviewOpened' and subject_id = $1`, [id])).toBe(1)
  expect(await count('workflow.outbox', `type = 'DeadlineStarted' and payload ->> 'negativeReviewId' = $1`, [id])).toBe(
    1,
  )
})

test('a good rating opens nothing, level 3 included', async () => {
  const ratings = [5, 4, 3].map(score => rated(hallA, { score }))
  await scene.rate(...ratings)
  await applied()
  const ids = ratings.map(({ payload }) => payload.evaluationId)
  expect(await count('workflow.negative_reviews', 'evaluation_id = any($1)', [ids])).toBe(0)
})

test('a rating that cannot be opened is parked by itself: those beside it are opened and their facts told', async () => {
  const before = rated(hallA)
  const poisoned = rated({ ...hallA, departmentId: null })
  const unknownPolicy = rated(hallA, { policyId: 'atlantis' })
  const after = rated(hallA)
  await scene.rate(before, poisoned, unknownPolicy, after)
  const ids = await Promise.all([before, after].map(({ payload }) => scene.reviewOf(payload.evaluationId)))
  expect(await count('workflow.outbox', `type = 'NegativeReviewOpened' and subject_id = any($1)`, [ids])).toBe(2)
  const parked = await scene.database.inScope(everything, tx =>
    tx.query<{ fault: string }>(
      `select fault from workflow.inbox_parked where consumer = 'negative-reviews' order by position`,
    ),
  )
  expect(parked.map(({ fault }) => fault)).toEqual([
    expect.stringContaining('names no department that answers for it'),
    expect.stringContaining('No policy atlantis in force'),
  ])
})

test('a consumer that is ended and begun again at any point opens exactly one review a rating', async () => {
  const ratings = Array.from({ length: 60 }, () => rated(hallA))
  const writing = (async () => {
    for (const rating of ratings) await scene.rate(rating)
  })()
  for (const stop of [3, 9, 20, 31, 44]) {
    await waitFor(async () => (await count('evaluations.outbox', 'id is not null')) > stop)
    await scene.restart()
  }
  await writing
  for (const { payload } of ratings) await scene.reviewOf(payload.evaluationId)
  const ids = ratings.map(({ payload }) => payload.evaluationId)
  expect(await count('workflow.negative_reviews', 'evaluation_id = any($1)', [ids])).toBe(60)
  expect(
    await count('workflow.outbox', `type = 'NegativeReviewOpened' and (payload ->> 'evaluationId')::uuid = any($1)`, [
      ids,
    ]),
  ).toBe(60)
})

test('a connection that the server cuts in the middle of opening leaves neither half a review nor two', async () => {
  const ratings = Array.from({ length: 40 }, () => rated(hallA))
  const writing = (async () => {
    for (const rating of ratings) await untilWritten(rating)
  })()
  for (let cut = 0; cut < 6; cut++) {
    await waitFor(async () => (await count('workflow.negative_reviews').catch(() => 0)) >= cut)
    await cutConsumers()
  }
  await writing
  for (const { payload } of ratings) await scene.reviewOf(payload.evaluationId)
  const ids = ratings.map(({ payload }) => payload.evaluationId)
  const halves = `evaluation_id = any($1) and not exists (select 1 from workflow.deadlines d where d.negative_review_id = negative_reviews.id)`
  expect(await count('workflow.negative_reviews', 'evaluation_id = any($1)', [ids])).toBe(40)
  expect(await count('workflow.negative_reviews', halves, [ids])).toBe(0)
})

/** Writes a rating's fact, again and again where the connection is cut: it may so be told twice. */
async function untilWritten(rating: ReturnType<typeof rated>): Promise<void> {
  const isWritten = await scene.rate(rating).then(
    () => true,
    () => false,
  )
  if (!isWritten) await untilWritten(rating)
}

/** Ends every server process that is in the middle of a transaction, as a crash of the database's side would. */
async function cutConsumers() {
  const pool = await scene.database.pool()
  await pool
    .query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where pid <> pg_backend_pid() and datname = current_database() and application_name = 'test-workflow' and xact_start is not null`,
    )
    .catch(() => {})
}

test('a fact of another shape is parked and named, never guessed at', async () => {
  const rating = rated(hallA)
  const broken = { ...rating, payload: { ...rating.payload, evaluatedAt: '2026-11-21 09:30' } }
  await scene.database.inScope(everything, tx => recordEvents(tx, 'evaluations', [broken]))
  const parked = await waitFor(async () => {
    const rows = await scene.database.inScope(everything, tx =>
      tx.query<{ fault: string }>(`select fault from workflow.inbox_parked where fault like '%evaluatedAt%'`),
    )
    return rows.length > 0 && rows
  })
  expect(parked).toHaveLength(1)
  expect(await count('workflow.negative_reviews', 'evaluation_id = $1', [rating.payload.evaluationId])).toBe(0)
})

test('an id that is none, and one that nobody knows, find nothing', async () => {
  const { data, codes } = await scene.ask(
    managementBodyOf(city),
    `query Nothing($unknown: ID!) {
      a: negativeReview(id: "' or true --") { id }
      b: negativeReview(id: $unknown) { id }
      c: deadline(id: "x") { id }
    }`,
    { unknown: newId() },
  )
  expect({ data, codes }).toEqual({ data: { a: null, b: null, c: null }, codes: [] })
})
