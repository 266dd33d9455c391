import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import { closedCase, type EvaluationsScene, freshToken, openEvaluationsScene, submit } from './evaluations-scene.ts'

let scene: EvaluationsScene
let named: Rated
let anonymous: Rated
let inCityB: Rated

type Rated = { caseId: string; id: string; receiptNumber: string }

beforeAll(async () => {
  scene = await openEvaluationsScene()
  named = await rate({ text: '很好' }, {})
  scene.pass(60)
  anonymous = await rate(
    { level: 'VERY_DISSATISFIED', items: ['115'], text: '我的电话 13900000000', isAnonymous: true },
    {},
  )
  scene.pass(60)
  inCityB = await rate({}, { regionPath: '/410000/410200/', cityCode: '410200', policyId: 'sanmenxia' })
})
afterAll(() => scene.stop())

async function rate(input: Record<string, unknown>, facts: Parameters<typeof closedCase>[1]): Promise<Rated> {
  const reported = closedCase(scene.clock.now, facts)
  await scene.report(reported)
  const { evaluation, receiptNumber } = await submit(scene, {
    token: await freshToken(scene, reported.caseNumber),
    ...input,
  })
  return { caseId: reported.caseId, id: evaluation.id, receiptNumber }
}

const fields = `id level score isNegative text isPublic isAnonymous channel round serviceNumber evaluatedAt
  items { code text textEnglish isBase } serviceCase { id } department { id } hall { id } window { id } staffMember { id }`

const byId = async (viewer: Viewer, id: string) =>
  (await scene.ask(viewer, `query ($id: ID!) { evaluation(id: $id) { ${fields} } }`, { id })).evaluation
const byReceipt = async (receiptNumber: string, viewer = anonymousViewer) =>
  (await scene.ask(viewer, `query ($r: String!) { evaluation(receiptNumber: $r) { ${fields} } }`, { r: receiptNumber }))
    .evaluation

const place = {
  department: { id: smallDirectory.departments.socialSecurityA },
  hall: { id: smallDirectory.halls.hallA },
  window: { id: smallDirectory.windows.a01 },
  staffMember: { id: smallDirectory.staff.socialSecurityA },
}

const anonymousInFull = () => ({
  id: anonymous.id,
  level: 'VERY_DISSATISFIED',
  score: 1,
  isNegative: true,
  text: '我的电话 13900000000',
  isPublic: true,
  isAnonymous: true,
  channel: 'QR_CODE',
  round: 1,
  serviceNumber: 1,
  evaluatedAt: '2026-11-20T02:01:20.000Z',
  items: [{ code: '115', text: '服务态度差效率低', textEnglish: 'Bad attitude, slow', isBase: false }],
  serviceCase: { id: anonymous.caseId },
  ...place,
})

test('whoever has the receipt number sees his rating in full, however he types it', async () => {
  expect(await byReceipt(anonymous.receiptNumber)).toEqual(anonymousInFull())
  const typed = ` ${anonymous.receiptNumber.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `
  expect(await byReceipt(typed)).toEqual(anonymousInFull())
  expect(await byReceipt(anonymous.receiptNumber, accountViewer('supervisor'))).toEqual(anonymousInFull())
})

test('a number that is no receipt finds nothing', async () => {
  const other = `${anonymous.receiptNumber.slice(0, -1)}${anonymous.receiptNumber.endsWith('7') ? '8' : '7'}`
  for (const text of ['', '7', other, 'ÄÖÜ', '%']) expect(await byReceipt(text)).toBe(null)
})

test('the rated unit sees neither case nor exact time of an anonymous rating, nor a text that names a person', async () => {
  const hidden = { ...anonymousInFull(), text: null, serviceCase: null, evaluatedAt: '2026-11-20T02:00:00.000Z' }
  for (const viewer of [
    accountViewer('handler'),
    accountViewer('supervisor'),
    accountViewer('window'),
    accountViewer('analyst'),
    clientViewer('windowSystem'),
    clientViewer('device'),
  ]) {
    expect(await byId(viewer, anonymous.id)).toEqual(hidden)
  }
  for (const viewer of [accountViewer('city'), accountViewer('province'), accountViewer('auditor')]) {
    expect(await byId(viewer, anonymous.id)).toEqual(anonymousInFull())
  }
})

test('a named rating is seen in full by its unit', async () => {
  expect(await byId(accountViewer('supervisor'), named.id)).toEqual({
    ...anonymousInFull(),
    id: named.id,
    level: 'VERY_SATISFIED',
    score: 5,
    isNegative: false,
    text: '很好',
    isAnonymous: false,
    evaluatedAt: '2026-11-20T02:00:20.000Z',
    items: [],
    serviceCase: { id: named.caseId },
  })
})

test('nobody finds a rating outside his scope by its id, by its case or in a list', async () => {
  const casesOf = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on ServiceCase { id evaluations { id } } } }`
  const references = [named, inCityB].map(({ caseId }) => ({ __typename: 'ServiceCase', id: caseId }))
  for (const viewer of [accountViewer('city'), accountViewer('supervisor')]) {
    expect(await byId(viewer, inCityB.id)).toBe(null)
    expect((await scene.ask(viewer, casesOf, { references }))._entities).toEqual([
      { id: named.caseId, evaluations: [{ id: named.id }] },
      { id: inCityB.caseId, evaluations: [] },
    ])
    expect(await listed(viewer)).not.toContain(inCityB.id)
  }
  for (const viewer of [anonymousViewer, accountViewer('cityB')]) {
    expect(await byId(viewer, named.id)).toBe(null)
    expect((await scene.ask(viewer, casesOf, { references }))._entities[0]).toEqual({
      id: named.caseId,
      evaluations: [],
    })
  }
  expect(await listed(anonymousViewer)).toEqual([])
  expect(await listed(accountViewer('cityB'))).toEqual([inCityB.id])
})

test('an anonymous rating is not listed under its case for the rated unit', async () => {
  const casesOf = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on ServiceCase { evaluations { id } } } }`
  const references = [{ __typename: 'ServiceCase', id: anonymous.caseId }]
  const under = async (viewer: Viewer) => (await scene.ask(viewer, casesOf, { references }))._entities[0].evaluations
  expect(await under(accountViewer('supervisor'))).toEqual([])
  expect(await under(accountViewer('city'))).toEqual([{ id: anonymous.id }])
})

test('other subgraphs refer to ratings; an unknown or invisible one is null', async () => {
  const query = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on Evaluation { id score serviceCase { id } } } }`
  const references = [anonymous.id, inCityB.id, 'nonsense', smallDirectory.windows.a01, named.id].map(id => ({
    __typename: 'Evaluation',
    id,
  }))
  expect((await scene.ask(accountViewer('supervisor'), query, { references }))._entities).toEqual([
    { id: anonymous.id, score: 1, serviceCase: null },
    null,
    null,
    null,
    { id: named.id, score: 5, serviceCase: { id: named.caseId } },
  ])
})

const listQuery = `query ($filter: EvaluationFilter, $first: Int, $after: String) {
  evaluations(filter: $filter, first: $first, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }
}`
const listed = async (viewer: Viewer, filter: Record<string, unknown> = {}): Promise<string[]> =>
  (await scene.ask(viewer, listQuery, { filter })).evaluations.edges.map(
    ({ node }: { node: { id: string } }) => node.id,
  )

test('a list is latest first, by pages, and narrowed by what is asked for', async () => {
  const province = accountViewer('province')
  const all = [named.id, anonymous.id, inCityB.id].sort().reverse()
  expect(await listed(province)).toEqual(all)
  const first = (await scene.ask(province, listQuery, { first: 2 })).evaluations
  expect(first.pageInfo).toEqual({ hasNextPage: true, endCursor: first.edges[1].cursor })
  const second = (await scene.ask(province, listQuery, { first: 2, after: first.pageInfo.endCursor })).evaluations
  expect([...first.edges, ...second.edges].map(edge => edge.node.id)).toEqual(all)
  expect(second.pageInfo.hasNextPage).toBe(false)

  expect(await listed(province, { isNegative: true })).toEqual([anonymous.id])
  expect(await listed(province, { isNegative: true, level: 'VERY_SATISFIED' })).toEqual([])
  expect(await listed(province, { level: 'VERY_SATISFIED', hallId: smallDirectory.halls.hallA })).toEqual(
    all.filter(id => id !== anonymous.id),
  )
  expect(await listed(province, { windowId: smallDirectory.windows.a02 })).toEqual([])
  expect(await listed(province, { departmentId: 'nonsense' })).toEqual([])
})

test('a page that is too large and a cursor of another list are refused by name', async () => {
  const refusedWith = async (variables: Record<string, unknown>) =>
    (await scene.execute(accountViewer('province'), listQuery, variables)).codes
  expect(await refusedWith({ first: 101 })).toEqual(['PAGE_TOO_LARGE'])
  expect(await refusedWith({ first: 0 })).toEqual(['PAGE_TOO_LARGE'])
  expect(await refusedWith({ after: 'nonsense' })).toEqual(['BAD_CURSOR'])
  expect(await refusedWith({ after: Buffer.from('["x"]').toString('base64url') })).toEqual(['BAD_CURSOR'])
})
