import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, smallDirectory } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'
import {
  closedCase,
  type EvaluationsScene,
  freshToken,
  openEvaluationsScene,
  openForm,
  provinceSystem,
  type ReportedCase,
  submit,
} from './evaluations-scene.ts'

let scene: EvaluationsScene
let silent: ReportedCase
let lateRated: ReportedCase
let probe: ReportedCase
beforeAll(async () => {
  scene = await openEvaluationsScene()
  const closedAt = '2026-11-09T02:00:00.000Z'
  const facts = { policyId: 'sanmenxia', acceptedAt: '2026-11-09T01:00:00.000Z', closedAt }
  silent = closedCase(scene.clock.now, facts)
  lateRated = closedCase(scene.clock.now, facts)
  probe = closedCase(scene.clock.now, { ...facts, isProbe: true })
  await scene.report(silent, lateRated, probe)
  await waitFor(async () => (await defaults()).length === 2, 'both defaults, made by the sweep of the subgraph itself')
})
afterAll(() => scene.stop())

const city = accountViewer('city')
const defaults = () => scene.rows('select case_id from evaluations.default_evaluations')
const list = async (viewer = city, filter: object = {}, page: object = {}) => {
  const query = `query ($filter: DefaultEvaluationFilter, $first: Int, $after: String) {
    defaultEvaluations(filter: $filter, first: $first, after: $after) {
      edges { cursor node { isReplaced serviceCase { id } } } pageInfo { hasNextPage endCursor } } }`
  return (await scene.ask(viewer, query, { filter, ...page })).defaultEvaluations
}
const ids = async (viewer = city, filter: object = {}) =>
  (await list(viewer, filter)).edges.map(({ node }: { node: { serviceCase: { id: string } } }) => node.serviceCase.id)
const ofCase = async (id: string, viewer = city) => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ServiceCase {
    evaluations { score } defaultEvaluation { level score baseEvent baseAt dueAt policyVersion isReplaced serviceNumber explanation { day isCounted } } } } }`
  return (await scene.ask(viewer, query, { of: [{ __typename: 'ServiceCase', id }] }))._entities[0]
}
async function rate(serviceCase: ReportedCase, level = 'VERY_DISSATISFIED', text: string | null = '排队太久') {
  const token = await freshToken(scene, serviceCase.caseNumber)
  const { formTicket } = await openForm(scene, token)
  return submit(scene, { token, formTicket, level, text })
}

test('a silent case shows its default with the days that were counted, and no rating', async () => {
  expect(await ofCase(silent.caseId)).toEqual({
    evaluations: [],
    defaultEvaluation: {
      level: 'BASICALLY_SATISFIED',
      score: 3,
      baseEvent: 'SERVICE',
      baseAt: '2026-11-09T02:00:00.000Z',
      dueAt: '2026-11-16T16:00:00.000Z',
      policyVersion: 'sanmenxia@1',
      isReplaced: false,
      serviceNumber: 1,
      explanation: Array.from({ length: 8 }, (_, index) => ({
        day: `2026-11-${String(9 + index).padStart(2, '0')}`,
        isCounted: index > 0,
      })),
    },
  })
})

test('a real rating comes after the default as a first one, and the default stays beside it as replaced', async () => {
  expect(await rate(lateRated)).toMatchObject({ __typename: 'SubmitEvaluationSuccess', isNew: true })
  expect(await ofCase(lateRated.caseId)).toMatchObject({
    evaluations: [{ score: 1 }],
    defaultEvaluation: { isReplaced: true },
  })
  expect(await ids(city, { isReplaced: true })).toEqual([lateRated.caseId])
  expect(await ids(city, { isReplaced: false })).toEqual([silent.caseId])
})

test('defaults are in no list of ratings and make no fact', async () => {
  const { evaluations } = await scene.ask(city, '{ evaluations { edges { node { serviceCase { id } score } } } }')
  expect(evaluations.edges).toEqual([{ node: { serviceCase: { id: lateRated.caseId }, score: 1 } }])
  const events = await scene.rows('select type from evaluations.outbox')
  expect(events).toEqual([{ type: 'EvaluationSubmitted' }])
})

test('the list turns pages, narrows to hall and department, and ends at the scope', async () => {
  const first = await list(city, {}, { first: 1 })
  const second = await list(city, {}, { first: 1, after: first.pageInfo.endCursor })
  const both = [first, second].flatMap(page =>
    page.edges.map((edge: { node: { serviceCase: { id: string } } }) => edge.node.serviceCase.id),
  )
  expect(both.sort()).toEqual([silent.caseId, lateRated.caseId].sort())
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
  const { halls, departments } = smallDirectory
  expect(await ids(city, { hallId: halls.hallA, departmentId: departments.socialSecurityA })).toHaveLength(2)
  expect(await ids(city, { hallId: halls.hallB })).toEqual([])
  expect(await ids(city, { hallId: 'nonsense' })).toEqual([])
  expect(await ids(accountViewer('cityB'))).toEqual([])
  expect(await ids(anonymousViewer)).toEqual([])
  const { codes } = await scene.execute(city, '{ defaultEvaluations(after: "nonsense") { edges { cursor } } }')
  expect(codes).toEqual(['BAD_CURSOR'])
})

test('the rated unit sees no default at all: a missing one would tell who rated', async () => {
  for (const viewer of [accountViewer('supervisor'), provinceSystem]) {
    expect(await ids(viewer)).toEqual([])
    expect((await ofCase(silent.caseId, viewer)).defaultEvaluation).toBeNull()
  }
})

test('a probe gets no default and no invitation, and its rating is in lists for those who ask for it', async () => {
  const invited = await scene.rows('select from evaluations.sms_invitations where case_id = $1', [probe.caseId])
  expect([invited, (await ofCase(probe.caseId)).defaultEvaluation]).toEqual([[], null])
  expect(await rate(probe, 'DISSATISFIED')).toMatchObject({ __typename: 'SubmitEvaluationSuccess' })
  const listed = async (includesProbes: boolean) => {
    const query = `query ($filter: EvaluationFilter) { evaluations(filter: $filter) { edges { node { isProbe serviceCase { id } } } } }`
    const { evaluations } = await scene.ask(city, query, { filter: { includesProbes } })
    return evaluations.edges.filter(({ node }: { node: { isProbe: boolean } }) => node.isProbe)
  }
  expect(await listed(false)).toEqual([])
  expect(await listed(true)).toEqual([{ node: { isProbe: true, serviceCase: { id: probe.caseId } } }])
  const [event] = await scene.rows<{ payload: { isProbe: boolean } }>(
    `select payload from evaluations.outbox where payload ->> 'caseId' = $1`,
    [probe.caseId],
  )
  expect(event!.payload.isProbe).toBe(true)
})
