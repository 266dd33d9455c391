import { parse } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow } from '../kit/case-rows.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'
import { granted, openStaticCodeScene, type StaticCodeScene, tokenOf } from './static-code-scene.ts'

const { halls, staff } = smallDirectory
const [province, city, cityB, supervisor] = (['province', 'city', 'cityB', 'supervisor'] as const).map(
  accountViewer,
) as [Viewer, Viewer, Viewer, Viewer]

let scene: StaticCodeScene
let hallToken: string
let clerkToken: string
let platformToken: string
beforeAll(async () => {
  scene = await openStaticCodeScene()
  hallToken = tokenOf(await granted(scene, city, 'HALL', halls.hallA))
  clerkToken = tokenOf(await granted(scene, city, 'STAFF_MEMBER', staff.socialSecurityA))
  platformToken = tokenOf(await granted(scene, province, 'PLATFORM'))
})
afterAll(() => scene.stop())

let serial = 0

/** A case closed at hall A so many minutes before now, as its queue system reports it; answers its id. */
async function closedCase(minutesAgo: number, changes: Partial<CaseReportRow> = {}): Promise<string> {
  serial += 1
  const shanghai = (minutes: number) =>
    new Date(scene.clock.now.getTime() - minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  const row = caseRow(serial, { acceptedAt: shanghai(minutesAgo + 20), closedAt: shanghai(minutesAgo), ...changes })
  const { reportCases } = await scene.askCases(
    clientViewer('windowSystem'),
    `mutation ($input: ReportCasesInput!) { reportCases(input: $input) { ... on ReportCasesSuccess { results { outcome problems { path code } serviceCase { id } } } } }`,
    { input: { cases: [row] } },
  )
  const [{ outcome, problems, serviceCase }] = reportCases.results
  if (outcome === 'REJECTED') throw new Error(JSON.stringify(problems))
  const version = changes.dataVersion ?? 1
  const sql = 'select from evaluations.rateable_cases where case_id = $1 and data_version >= $2'
  await waitFor(async () => (await scene.rows(sql, [serviceCase.id, version])).length === 1, 'the reported case')
  return serviceCase.id
}

/** An unlinked rating at a static code, handed in as a passer-by does. */
async function rate(
  token: string,
  input: Record<string, unknown> = {},
): Promise<{ id: string; receiptNumber: string }> {
  const { ratingForm } = await scene.ask(
    anonymousViewer,
    'query ($token: String!) { ratingForm(token: $token) { state formTicket } }',
    { token },
  )
  const { submitEvaluation } = await scene.ask(
    anonymousViewer,
    `mutation ($input: SubmitEvaluationInput!) { submitEvaluation(input: $input) {
      ... on SubmitEvaluationSuccess { receiptNumber evaluation { id } } ... on UserError { code } ... on InvalidEvaluation { problems { path code } } } }`,
    { input: { token, formTicket: ratingForm.formTicket, level: 'VERY_SATISFIED', ...input } },
  )
  if (!submitEvaluation.evaluation) throw new Error(JSON.stringify({ ratingForm, submitEvaluation }))
  return { id: submitEvaluation.evaluation.id, receiptNumber: submitEvaluation.receiptNumber }
}

async function candidates(viewer: Viewer, evaluationId: string) {
  const text = `query ($id: ID!) { linkCandidates(evaluationId: $id) { serviceCase { id } score reasons reasonsEnglish } }`
  const { linkCandidates } = await scene.ask(viewer, text, { id: evaluationId })
  return linkCandidates as { serviceCase: { id: string }; score: number; reasons: string[]; reasonsEnglish: string[] }[]
}
const found = async (viewer: Viewer, evaluationId: string) =>
  (await candidates(viewer, evaluationId)).map(each => each.serviceCase.id)

async function link(viewer: Viewer, evaluationId: string, caseId: string, reason = '核对监控与取号时间') {
  const text = `mutation ($input: LinkEvaluationInput!) { linkEvaluation(input: $input) { __typename
    ... on LinkEvaluationSuccess { evaluation { id isLinkedLater serviceCase { id } staticCode { printedId place { name } } } }
    ... on UserError { code message } ... on InvalidEvaluation { problems { path code } } } }`
  return (await scene.ask(viewer, text, { input: { evaluationId, caseId, reason } })).linkEvaluation
}
const rowsOf = (evaluationId: string) =>
  scene.rows(
    `select (select count(*)::int from evaluations.evaluation_links where evaluation_id = $1) as links,
       (select count(*)::int from evaluations.evaluation_keys where evaluation_id = $1) as keys,
       (select count(*)::int from evaluations.outbox where type = 'EvaluationLinked' and subject_id = $1) as facts`,
    [evaluationId],
  )
const unlinkedRows = [{ links: 0, keys: 1, facts: 0 }]
const linkedRows = [{ links: 1, keys: 2, facts: 1 }]

test('cases are offered by phone, then by person, window and time, each with its reasons', async () => {
  const byPhone = await closedCase(20 * 1440, {
    contactPhone: '13800000007',
    staffNumber: 'GA001',
    windowNumber: 'A02',
    serviceCode: '000109002000',
  })
  const atWindow = await closedCase(12)
  const colleague = await closedCase(200, { staffNumber: 'GA001', windowNumber: 'A02', serviceCode: '000109002000' })
  const { id } = await rate(clerkToken, { contactPhone: '138 0000 0007' })
  expect(await candidates(city, id)).toEqual([
    {
      serviceCase: { id: byPhone },
      score: 50,
      reasons: ['联系电话一致', '办结后 20 天'],
      reasonsEnglish: ['same contact phone', '20 days after closing'],
    },
    {
      serviceCase: { id: atWindow },
      score: 50,
      reasons: ['同一工作人员', '同一窗口', '办结后 12 分钟'],
      reasonsEnglish: ['same member of staff', 'same window', '12 min after closing'],
    },
    {
      serviceCase: { id: colleague },
      score: 10,
      reasons: ['办结后 3 小时'],
      reasonsEnglish: ['3 h after closing'],
    },
  ])
  const without = await rate(clerkToken)
  expect((await found(city, without.id))[0]).toBe(atWindow)
})

test('no case is offered that was closed too long before or after, is void or open, was rated, or lies elsewhere', async () => {
  const { id } = await rate(hallToken)
  const before = await found(city, id)
  const tooOld = await closedCase(31 * 1440)
  const open = await closedCase(10, { state: '2', closedAt: undefined })
  const voided = await closedCase(10)
  const number = `41010020261119${String(serial).padStart(8, '0')}`
  await closedCase(10, { caseNumber: number, dataVersion: 2, dataState: '0' })
  scene.clock.now = new Date(scene.clock.now.getTime() + 26 * 3_600_000)
  const tooLate = await closedCase(60)
  const justAfter = await closedCase(25 * 60)
  const after = await found(city, id)
  expect(after).toEqual(expect.arrayContaining([...before, justAfter]))
  for (const none of [tooOld, tooLate, open, voided]) expect(after).not.toContain(none)
  const rated = await rate(hallToken)
  expect((await link(city, rated.id, justAfter)).__typename).toBe('LinkEvaluationSuccess')
  expect(await found(city, id)).not.toContain(justAfter)
  expect(await found(city, rated.id)).toEqual([])
})

test('who must not learn which cases were rated is offered none and may link none', async () => {
  const { id } = await rate(hallToken)
  const caseId = await closedCase(5)
  const outsiders = [
    supervisor,
    cityB,
    ...(['handler', 'window', 'analyst', 'auditor'] as const).map(accountViewer),
    clientViewer('windowSystem'),
    clientViewer('device'),
    anonymousViewer,
  ]
  for (const viewer of outsiders) {
    expect([viewer.name, await candidates(viewer, id)]).toEqual([viewer.name, []])
    const { __typename } = await link(viewer, id, caseId)
    expect([viewer.name, __typename]).toEqual([viewer.name, viewer === cityB ? 'EvaluationNotFound' : 'NotPermitted'])
  }
  expect(await rowsOf(id)).toEqual(unlinkedRows)
})

test('a linked rating names its case, which counts as rated, and tells so', async () => {
  const { id, receiptNumber } = await rate(hallToken, { level: 'DISSATISFIED', items: ['214'] })
  const caseId = await closedCase(5)
  expect(await link(city, id, caseId)).toEqual({
    __typename: 'LinkEvaluationSuccess',
    evaluation: {
      id,
      isLinkedLater: true,
      serviceCase: { id: caseId },
      staticCode: { printedId: expect.stringMatching(/^41-/), place: { name: '甲州市政务大厅' } },
    },
  })
  expect(await rowsOf(id)).toEqual(linkedRows)
  const facts = await scene.rows(
    `select payload, hall_id from evaluations.outbox where type = 'EvaluationLinked' and subject_id = $1`,
    [id],
  )
  expect(facts).toEqual([{ payload: { evaluationId: id, caseId, cityCode: '410100' }, hall_id: halls.hallA }])
  const [written] = await scene.rows(
    'select linked_by_id, linked_by_name, reason from evaluations.evaluation_links where evaluation_id = $1',
    [id],
  )
  expect(written).toEqual({ linked_by_id: city.id, linked_by_name: 'city', reason: '核对监控与取号时间' })
  const byReceipt =
    'query ($r: String!) { evaluation(receiptNumber: $r) { isLinkedLater serviceCase { id } subjectKind } }'
  expect((await scene.ask(anonymousViewer, byReceipt, { r: receiptNumber })).evaluation).toMatchObject({
    isLinkedLater: true,
  })
})

test('the same link again changes nothing; another case is refused', async () => {
  const { id } = await rate(hallToken)
  const [caseId, other] = [await closedCase(5), await closedCase(6)]
  await link(city, id, caseId)
  expect((await link(province, id, caseId)).__typename).toBe('LinkEvaluationSuccess')
  const refusedLink = await link(city, id, other)
  expect(refusedLink).toMatchObject({
    __typename: 'InvalidEvaluation',
    problems: [{ path: 'evaluationId', code: 'LINKED_BEFORE' }],
  })
  expect(await rowsOf(id)).toEqual(linkedRows)
})

test('two ratings for one case at once: one is linked, of the other nothing is written', async () => {
  const caseId = await closedCase(5)
  const ratings = await Promise.all([rate(hallToken), rate(clerkToken), rate(hallToken)])
  const answers = await Promise.all(ratings.map(({ id }) => link(city, id, caseId)))
  expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
    'AlreadyEvaluated',
    'AlreadyEvaluated',
    'LinkEvaluationSuccess',
  ])
  for (const [index, { __typename }] of answers.entries()) {
    expect(await rowsOf(ratings[index]!.id)).toEqual(__typename === 'LinkEvaluationSuccess' ? linkedRows : unlinkedRows)
  }
})

test('whoever rates a linked case as well is told that it was rated, and never gets the receipt of the other person', async () => {
  const caseId = await closedCase(5)
  const { id } = await rate(hallToken)
  await link(city, id, caseId)
  const [{ case_number: caseNumber }] = (await scene.rows(
    'select case_number from evaluations.rateable_cases where case_id = $1',
    [caseId],
  )) as [{ case_number: string }]
  const { issueRatingCode } = await scene.ask(
    clientViewer('windowSystem'),
    'mutation ($input: IssueRatingCodeInput!) { issueRatingCode(input: $input) { ... on IssueRatingCodeSuccess { ratingCode { token } } ... on UserError { code } } }',
    { input: { caseNumber } },
  )
  const { submitEvaluation } = await scene.ask(
    anonymousViewer,
    'mutation ($input: SubmitEvaluationInput!) { submitEvaluation(input: $input) { __typename ... on SubmitEvaluationSuccess { receiptNumber } ... on UserError { code } } }',
    { input: { token: issueRatingCode.ratingCode.token, level: 'VERY_SATISFIED' } },
  )
  expect(submitEvaluation).toEqual({ __typename: 'AlreadyEvaluated', code: 'ALREADY_EVALUATED' })
})

test('what cannot be linked says why, and nothing is written', async () => {
  const { id } = await rate(hallToken)
  const caseId = await closedCase(5)
  expect(await link(city, id, caseId, ' 好 ')).toMatchObject({
    __typename: 'InvalidEvaluation',
    problems: [{ path: 'reason' }],
  })
  for (const unknown of [newId(), 'x']) {
    expect(await link(city, unknown, caseId)).toMatchObject({
      __typename: 'EvaluationNotFound',
      code: 'EVALUATION_UNKNOWN',
    })
    expect(await link(city, id, unknown)).toMatchObject({ __typename: 'CaseNotRateable', code: 'CASE_UNKNOWN' })
  }
  const open = await closedCase(5, { state: '2', closedAt: undefined })
  expect(await link(city, id, open)).toMatchObject({ code: 'CASE_NOT_CLOSED' })
  const old = await closedCase(40 * 1440)
  expect(await link(city, id, old)).toMatchObject({ code: 'EVALUATION_TOO_LATE' })
  const platform = await rate(platformToken)
  expect(await link(province, platform.id, caseId)).toMatchObject({
    problems: [{ path: 'evaluationId', code: 'NOT_UNLINKED' }],
  })
  expect(await candidates(province, platform.id)).toEqual([])
  expect(await rowsOf(id)).toEqual(unlinkedRows)
})

test('an anonymous rating is linked by those who may know, and its unit learns no case', async () => {
  const { id } = await rate(hallToken, { isAnonymous: true })
  const caseId = await closedCase(5)
  expect((await link(city, id, caseId)).evaluation).toMatchObject({ isLinkedLater: true, serviceCase: { id: caseId } })
  const text = 'query ($id: ID!) { evaluation(id: $id) { isLinkedLater serviceCase { id } } }'
  expect((await scene.ask(supervisor, text, { id })).evaluation).toEqual({ isLinkedLater: true, serviceCase: null })
})

async function ledger(
  viewer: Viewer,
  filter: Record<string, unknown> | null = null,
  page: Record<string, unknown> = {},
) {
  const text = `query ($filter: UnlinkedEvaluationFilter, $first: Int, $after: String) {
    unlinkedEvaluations(filter: $filter, first: $first, after: $after) { edges { node { id isNegative subjectKind isLinkedLater } } pageInfo { hasNextPage endCursor } } }`
  const { unlinkedEvaluations } = await scene.ask(viewer, text, { filter, ...page })
  return unlinkedEvaluations as {
    edges: { node: { id: string; isNegative: boolean; subjectKind: string; isLinkedLater: boolean } }[]
    pageInfo: { hasNextPage: boolean; endCursor: string }
  }
}
const nodes = async (viewer: Viewer, filter: Record<string, unknown> | null = null) =>
  (await ledger(viewer, filter, { first: 100 })).edges.map(({ node }) => node)

test('the ledger holds every unlinked rating of the scope, page by page and by each of its conditions', async () => {
  const all = await nodes(province)
  const pages = []
  for (let after: string | undefined; ; ) {
    const page = await ledger(province, null, { first: 7, after })
    pages.push(...page.edges.map(({ node }) => node))
    if (!page.pageInfo.hasNextPage) break
    after = page.pageInfo.endCursor
  }
  expect(pages).toEqual(all)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  const [count] = await scene.rows<{ count: number }>(
    'select count(*)::int as count from evaluations.evaluations where case_id is null',
  )
  expect(all).toHaveLength(count!.count)
  for (const isLinkedLater of [true, false]) {
    expect(await nodes(province, { isLinkedLater })).toEqual(all.filter(node => node.isLinkedLater === isLinkedLater))
  }
  expect(await nodes(province, { isNegative: true })).toEqual(all.filter(node => node.isNegative))
  expect((await nodes(province, { isNegative: true })).length).toBe(1)
  expect(await nodes(province, { subjectKind: 'PLATFORM' })).toEqual(
    all.filter(node => node.subjectKind === 'PLATFORM'),
  )
  expect(await nodes(supervisor)).toEqual(all.filter(node => node.subjectKind !== 'PLATFORM'))
  expect(await nodes(province, { hallId: halls.hallB })).toEqual([])
  expect(await nodes(province, { hallId: 'x' })).toEqual([])
  for (const viewer of [cityB, anonymousViewer]) expect(await nodes(viewer)).toEqual([])
  expect(await scene.refusedWith(city, '{ unlinkedEvaluations(after: "x") { edges { cursor } } }')).toEqual([
    'BAD_CURSOR',
  ])
  expect(await scene.refusedWith(city, '{ unlinkedEvaluations(first: 101) { edges { cursor } } }')).toEqual([
    'PAGE_TOO_LARGE',
  ])
})

test('without the cases subgraph candidates are still found, by all that is known without it', async () => {
  const { id } = await rate(clerkToken, { contactPhone: '13800000007' })
  const away = await scene.startTwin({ peer: () => ({ ...scene.cases(), execute: async () => ({ errors: [] }) }) })
  const document = parse('query ($id: ID!) { linkCandidates(evaluationId: $id) { reasons } }')
  const { data } = await away.execute({ document, variables: { id }, viewer: city })
  const found = data!.linkCandidates as { reasons: string[] }[]
  expect(found.length).toBeGreaterThan(0)
  expect(found.flatMap(({ reasons }) => reasons)).not.toContain('联系电话一致')
})
