import { afterAll, beforeAll, expect, test } from 'vitest'
import { findIntegritySignals } from '../../subgraphs/evaluations/actions/sweep-integrity.ts'
import type { RatingRow } from '../../subgraphs/evaluations/store/rating-rows.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'
import { type EvaluationsScene, openEvaluationsScene } from './evaluations-scene.ts'
import { addRatings, inCityB, ratingAt, series } from './integrity-scene.ts'
import { citizenViewer } from './ways-to-rate-scene.ts'

const { departments, halls } = smallDirectory
const viewers = {
  province: accountViewer('province'),
  city: accountViewer('city'),
  cityB: accountViewer('cityB'),
  auditor: accountViewer('auditor'),
}
const { province, city, cityB, auditor } = viewers
const unit: Viewer[] = [
  ...(['handler', 'supervisor', 'window', 'analyst'] as const).map(accountViewer),
  clientViewer('windowSystem'),
  clientViewer('device'),
  anonymousViewer,
]
/** A management body's account that is narrowed to the rated department belongs to the rated unit. */
const narrowed: Viewer = {
  ...city,
  scope: { reach: 'REGION', regionPath: '/410000/410100/', departmentId: departments.socialSecurityA },
}

let scene: EvaluationsScene
beforeAll(async () => {
  scene = await openEvaluationsScene()
})
afterAll(() => scene.stop())

let day = 0

/** A fresh burst on a day of its own; answers the id of its signal and its ratings. */
async function burst(changes: Partial<RatingRow> = {}, known = {}) {
  day += 1
  const rows = series(10, new Date(Date.UTC(2026, 10, day, 2)), 30, changes)
  await addRatings(scene.database, rows, known)
  const ids = rows.map(({ id }) => id).sort()
  const signal = await waitFor(async () => {
    await findIntegritySignals({ database: scene.database, crypto: scene.crypto, now: () => scene.clock.now })
    const [found] = await scene.rows<{ id: string }>(
      `select s.id from evaluations.integrity_signals s join evaluations.integrity_signal_evaluations e on e.signal_id = s.id
       where s.kind = 'BURST' and e.evaluation_id = $1`,
      [ids[0]],
    )
    return found
  }, 'the signal')
  return { id: signal.id, ids }
}

const decideText = `mutation ($input: DecideIntegritySignalInput!) { decideIntegritySignal(input: $input) {
  __typename
  ... on DecideIntegritySignalSuccess { signal { id state decidedBy decidedAt decisionReason canDecide } }
  ... on InvalidEvaluation { problems { path code } }
  ... on UserError { code }
} }`
async function decide(viewer: Viewer, input: Record<string, unknown>) {
  const whole = { isConfirmed: true, reason: '核对监控，同一人连续扫码', ...input }
  return (await scene.ask(viewer, decideText, { input: whole })).decideIntegritySignal
}
const revalidateText = `mutation ($input: RevalidateEvaluationInput!) { revalidateEvaluation(input: $input) {
  __typename
  ... on RevalidateEvaluationSuccess { evaluation { id validity { state } } }
  ... on InvalidEvaluation { problems { path code } }
  ... on UserError { code }
} }`
const revalidate = async (viewer: Viewer, evaluationId: string, reason = '经复核系本人评价') =>
  (await scene.ask(viewer, revalidateText, { input: { evaluationId, reason } })).revalidateEvaluation

const validityText = `query ($id: ID!) { evaluation(id: $id) { id validity {
  state reason decidedAt source history { isRevocation reason decidedBy source } } } }`
const validity = async (viewer: Viewer, id: string) =>
  (await scene.ask(viewer, validityText, { id })).evaluation?.validity ?? null
const facts = async (type: string, ids: string[]) =>
  scene.rows<{ payload: Record<string, unknown> }>(
    'select payload from evaluations.outbox where type = $1 and subject_id = any ($2::uuid[]) order by seq',
    [type, ids],
  )
const invalidations = async (ids: string[]) =>
  (await scene.rows('select from evaluations.evaluation_invalidations where evaluation_id = any ($1::uuid[])', [ids]))
    .length

const listText = `query ($filter: IntegritySignalFilter, $first: Int, $after: String) {
  integritySignals(filter: $filter, first: $first, after: $after) { edges { node { id strength kind state } } pageInfo { hasNextPage endCursor } } }`
const list = async (viewer: Viewer, filter: object | null = null, page: object = {}) =>
  (await scene.ask(viewer, listText, { filter, first: 100, ...page })).integritySignals
const listedIds = async (viewer: Viewer, filter: object | null = null): Promise<string[]> =>
  (await list(viewer, filter)).edges.map(({ node }: { node: { id: string } }) => node.id)

test('signals are seen by the bodies of their region and by auditors, never by the unit, by no list and by no id', async () => {
  const here = await burst()
  const there = await burst(inCityB)
  const one = async (viewer: Viewer, id: string) =>
    (await scene.ask(viewer, 'query ($id: ID!) { integritySignal(id: $id) { id } }', { id })).integritySignal?.id ??
    null
  for (const [viewer, sees] of [
    [province, [here.id, there.id]],
    [auditor, [here.id, there.id]],
    [city, [here.id]],
    [cityB, [there.id]],
    [citizenViewer(), []],
    ...unit.map(viewer => [viewer, []] as const),
  ] as [Viewer, string[]][]) {
    const listed = await listedIds(viewer)
    for (const { id } of [here, there]) {
      expect([viewer.name, listed.includes(id)]).toEqual([viewer.name, sees.includes(id)])
      expect([viewer.name, await one(viewer, id)]).toEqual([viewer.name, sees.includes(id) ? id : null])
    }
  }
  expect(await one(province, 'x')).toBeNull()
  expect(await listedIds(province, { hallId: halls.hallB })).toEqual([there.id])
  expect(await listedIds(province, { hallId: 'x' })).toEqual([])
})

test('the list goes page by page, the strongest first, and the evidence of a signal too', async () => {
  const { id, ids } = await burst()
  const all = (await list(province)).edges.map(({ node }: { node: object }) => node)
  expect(all).toEqual([...all].sort((a, b) => b.strength - a.strength || (a.id < b.id ? 1 : -1)))
  const pages = []
  for (let after: string | null = null; ; ) {
    const page = await list(province, null, { first: 1, after })
    pages.push(...page.edges.map(({ node }: { node: object }) => node))
    if (!page.pageInfo.hasNextPage) break
    after = page.pageInfo.endCursor
  }
  expect(pages).toEqual(all)
  const text = `query ($id: ID!, $after: String) { integritySignal(id: $id) { finding findingEnglish rule ruleEnglish evidenceCount
    staffMember { id } window { id } hall { id } department { id } subjectKind operatorName
    evidence(first: 7, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }`
  const first = (await scene.ask(city, text, { id })).integritySignal
  const second = (await scene.ask(city, text, { id, after: first.evidence.pageInfo.endCursor })).integritySignal
  const rows = [...first.evidence.edges, ...second.evidence.edges].map(({ node }) => node.id)
  expect(rows).toEqual([...ids].reverse())
  expect(first).toMatchObject({
    finding: '10 分钟内评价 10 条，平时约 0 条',
    evidenceCount: 10,
    subjectKind: 'STAFF_MEMBER',
    staffMember: { id: smallDirectory.staff.socialSecurityA },
    hall: { id: halls.hallA },
    operatorName: null,
  })
  expect((await scene.execute(city, listText, { after: 'x' })).codes).toEqual(['BAD_CURSOR'])
  expect((await scene.execute(city, listText, { first: 101 })).codes).toEqual(['PAGE_TOO_LARGE'])
})

test('the rated unit, others’ bodies and auditors decide nothing', async () => {
  const { id, ids } = await burst()
  for (const viewer of [...unit, narrowed, auditor]) {
    expect([viewer.name, await decide(viewer, { id })]).toEqual([
      viewer.name,
      { __typename: 'NotPermitted', code: 'NOT_PERMITTED' },
    ])
    expect((await revalidate(viewer, ids[0]!)).__typename).toBe('NotPermitted')
  }
  for (const [viewer, unknown] of [
    [cityB, id],
    [city, newId()],
    [city, 'x'],
  ] as const) {
    expect(await decide(viewer, { id: unknown })).toEqual({
      __typename: 'IntegritySignalNotFound',
      code: 'INTEGRITY_SIGNAL_UNKNOWN',
    })
  }
  expect(await revalidate(cityB, ids[0]!)).toEqual({ __typename: 'EvaluationNotFound', code: 'EVALUATION_UNKNOWN' })
  expect(await revalidate(city, 'x')).toEqual({ __typename: 'EvaluationNotFound', code: 'EVALUATION_UNKNOWN' })
  expect(await invalidations(ids)).toBe(0)
})

test('confirmed, the named ratings are invalid with their reason for everyone who sees them, listed as before, and told', async () => {
  const { id, ids } = await burst()
  const named = ids.slice(0, 4)
  expect(await decide(city, { id, evaluationIds: named })).toEqual({
    __typename: 'DecideIntegritySignalSuccess',
    signal: {
      id,
      state: 'CONFIRMED',
      decidedBy: 'city',
      decidedAt: scene.clock.now.toISOString(),
      decisionReason: '核对监控，同一人连续扫码',
      canDecide: false,
    },
  })
  const invalid = {
    state: 'INVALID',
    reason: '核对监控，同一人连续扫码',
    decidedAt: scene.clock.now.toISOString(),
    source: 'INTEGRITY_SIGNAL',
  }
  for (const viewer of [province, city, auditor, accountViewer('supervisor'), accountViewer('window')]) {
    expect(await validity(viewer, named[0]!)).toMatchObject(invalid)
    expect(await validity(viewer, ids[9]!)).toMatchObject({ state: 'VALID', reason: null, history: [] })
  }
  const [rated] = await scene.rows<{ case_id: string }>('select case_id from evaluations.evaluations where id = $1', [
    named[0],
  ])
  const rater: Viewer = { ...citizenViewer(), scope: { reach: 'CASES', caseIds: [rated!.case_id] } }
  expect(await validity(rater, named[0]!)).toEqual({
    ...invalid,
    history: [{ isRevocation: false, reason: invalid.reason, decidedBy: null, source: 'INTEGRITY_SIGNAL' }],
  })
  const listed = await scene.ask(
    accountViewer('supervisor'),
    '{ evaluations(first: 100) { edges { node { id validity { state } } } } }',
  )
  const states = new Map(
    listed.evaluations.edges.map(({ node }: { node: { id: string; validity: { state: string } } }) => [
      node.id,
      node.validity.state,
    ]),
  )
  for (const each of ids) expect(states.get(each)).toBe(named.includes(each) ? 'INVALID' : 'VALID')
  const told = await facts('EvaluationInvalidated', ids)
  expect(told.map(({ payload }) => payload.evaluationId).sort()).toEqual(named)
  expect(Object.keys(told[0]!.payload).sort()).toEqual(
    ['caseId', 'cityCode', 'evaluationId', 'invalidationId', 'source', 'sourceId'].sort(),
  )

  expect((await decide(province, { id, reason: '再次认定' })).signal).toMatchObject({ decidedBy: 'city' })
  expect(await decide(city, { id, isConfirmed: false })).toMatchObject({
    problems: [{ path: 'id', code: 'DECIDED_BEFORE' }],
  })
  expect(await invalidations(ids)).toBe(4)
  expect(await facts('EvaluationInvalidated', ids)).toHaveLength(4)
})

test('dismissed, its ratings count again and none is invalid', async () => {
  const { id, ids } = await burst()
  expect(await decide(city, { id, isConfirmed: false, evaluationIds: ids })).toMatchObject({
    problems: [{ path: 'evaluationIds', code: 'NOTHING_TO_NAME' }],
  })
  expect((await decide(city, { id, isConfirmed: false })).signal).toMatchObject({ state: 'DISMISSED' })
  expect(await invalidations(ids)).toBe(0)
  const open = await scene.rows(
    'select from evaluations.integrity_signal_evaluations where signal_id = $1 and is_open',
    [id],
  )
  expect(open).toEqual([])
})

test('two who decide at once: one decision, each rating invalid once', async () => {
  const { id, ids } = await burst()
  const answers = await Promise.all([decide(city, { id }), decide(province, { id }), decide(city, { id })])
  expect(answers.map(({ __typename }) => __typename)).toEqual(Array(3).fill('DecideIntegritySignalSuccess'))
  expect(new Set(answers.map(({ signal }) => signal.decidedBy)).size).toBe(1)
  expect(await invalidations(ids)).toBe(10)
  expect(await facts('EvaluationInvalidated', ids)).toHaveLength(10)
})

test('what does not hold is refused and writes nothing', async () => {
  const { id, ids } = await burst()
  expect(await decide(city, { id, reason: ' 好 ' })).toMatchObject({
    problems: [{ path: 'reason', code: 'REASON_LENGTH' }],
  })
  const foreign = await burst()
  expect(await decide(city, { id, evaluationIds: [ids[0], foreign.ids[0], 'x'] })).toMatchObject({
    problems: [
      { path: 'evaluationIds.1', code: 'NOT_ITS_EVIDENCE' },
      { path: 'evaluationIds.2', code: 'NOT_ITS_EVIDENCE' },
    ],
  })
  expect(await revalidate(city, ids[0]!)).toMatchObject({ problems: [{ path: 'evaluationId', code: 'NOT_INVALID' }] })
  expect(await revalidate(city, ids[0]!, '')).toMatchObject({ problems: [{ path: 'reason' }] })
  expect(await invalidations([...ids, ...foreign.ids])).toBe(0)
  expect(
    (await scene.rows('select from evaluations.integrity_signals where id = $1 and decided_at is null', [id])).length,
  ).toBe(1)
})

test('a signal is no way round the authority over bad ratings: in Henan the bureau’s, in Sanmenxia the management body’s', async () => {
  const henan = await burst({ level: 1 })
  const refusedAnswer = await decide(city, { id: henan.id })
  expect(new Set(refusedAnswer.problems.map(({ code }: { code: string }) => code))).toEqual(
    new Set(['NEGATIVE_NOT_YOURS']),
  )
  expect((await decide(city, { id: henan.id, evaluationIds: [] })).signal).toMatchObject({ state: 'CONFIRMED' })
  expect(await invalidations(henan.ids)).toBe(0)
  const again = await burst({ level: 2 })
  expect((await decide(province, { id: again.id })).__typename).toBe('DecideIntegritySignalSuccess')
  expect(await invalidations(again.ids)).toBe(10)
  const sanmenxia = await burst({ ...inCityB, level: 1 }, { policyId: 'sanmenxia' })
  expect((await decide(cityB, { id: sanmenxia.id })).__typename).toBe('DecideIntegritySignalSuccess')
  expect(await invalidations(sanmenxia.ids)).toBe(10)
})

test('ratings that the management body itself answers for are decided above it', async () => {
  day += 1
  const rows = Array.from({ length: 10 }, (_, index) =>
    ratingAt(new Date(Date.UTC(2026, 10, day, 2, 0, index * 20)), {
      subject_kind: 'HALL',
      case_id: null,
      department_id: departments.bureau,
    }),
  )
  const { id, ids } = await burst()
  await addRatings(
    scene.database,
    rows.map(row => ({ ...row, staff_member_id: null })),
    {},
  )
  await scene.rows(
    `insert into evaluations.integrity_signal_evaluations (signal_id, evaluation_id, kind, is_open) values ($1, $2, 'BURST', true)`,
    [id, rows[0]!.id],
  )
  expect((await decide(city, { id })).__typename).toBe('NotPermitted')
  expect((await decide(province, { id })).__typename).toBe('DecideIntegritySignalSuccess')
  expect((await revalidate(city, rows[0]!.id)).__typename).toBe('NotPermitted')
  expect(await invalidations([...ids, rows[0]!.id])).toBe(11)
})

test('taken back, a rating is valid again and its history stays; another decision against it still holds', async () => {
  const { id, ids } = await burst()
  const [first, second] = ids as [string, string]
  await decide(city, { id })
  const both = await Promise.all([revalidate(city, first), revalidate(province, first)])
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['InvalidEvaluation', 'RevalidateEvaluationSuccess'])
  expect(await validity(city, first)).toMatchObject({
    state: 'VALID',
    reason: null,
    decidedAt: null,
    history: [
      { isRevocation: false, reason: '核对监控，同一人连续扫码' },
      { isRevocation: true, reason: '经复核系本人评价' },
    ],
  })
  expect(await facts('EvaluationRevalidated', [first])).toHaveLength(1)
  await scene.rows(
    `insert into evaluations.evaluation_invalidations (id, evaluation_id, city_code, source, source_id, reason, decided_at, decided_by_id,
       decided_by_name, region_path, department_id)
     select $1::uuid, id, city_code, 'APPEAL', $1::uuid, '申诉成立', $3::timestamptz, 'x', '省局', region_path, department_id from evaluations.evaluations where id = $2`,
    [newId(), second, scene.clock.now],
  )
  expect((await revalidate(city, second)).evaluation).toEqual({ id: second, validity: { state: 'INVALID' } })
  expect(await validity(city, second)).toMatchObject({ state: 'INVALID', reason: '申诉成立', source: 'APPEAL' })
  expect(await facts('EvaluationRevalidated', [second])).toEqual([])
})

test('nobody with the application’s login alters or deletes what was decided', async () => {
  for (const sql of [
    'delete from evaluations.evaluation_invalidations',
    `update evaluations.evaluation_invalidations set reason = ''`,
    'delete from evaluations.integrity_signals',
    'delete from evaluations.integrity_signal_evaluations',
  ]) {
    await expect(scene.rows(sql)).rejects.toThrow('permission denied')
  }
})
