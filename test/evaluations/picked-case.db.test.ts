import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow } from '../kit/case-rows.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'
import { formQuery, submitMutation } from './evaluations-scene.ts'
import { granted, openStaticCodeScene, type StaticCodeScene } from './static-code-scene.ts'

let scene: StaticCodeScene

beforeAll(async () => {
  scene = await openStaticCodeScene()
  const cases = [
    caseRow(1, { contactPhone: '13800000001', closedAt: '2026-11-19 09:10:00' }),
    caseRow(2, { contactPhone: '+86 138 0000 0001', closedAt: '2026-11-19 17:00:00', outcome: '2' }),
    caseRow(3, { contactPhone: '13800000002' }),
    caseRow(4, { contactPhone: '13800000001', dataState: '0' }),
  ]
  await scene.askCases(
    clientViewer('windowSystem'),
    `mutation ($cases: [CaseReportInput!]!) { reportCases(input: { cases: $cases }) { __typename } }`,
    { cases },
  )
})
afterAll(() => scene.stop())

const findMutation = `mutation ($input: FindOwnCasesInput!) {
  findOwnCases(input: $input) { ... on FindOwnCasesSuccess { cases { formTicket caseNumber closedAt } } ... on UserError { code } }
}`

test('at a hall’s poster a person finds his cases in the cases subgraph itself, and rates the one that he picks', async () => {
  const { url } = await granted(scene, accountViewer('city'), 'HALL', smallDirectory.halls.hallA)
  const token = url.split('/r/')[1]
  const find = async (phone: string) =>
    (await scene.ask(anonymousViewer, findMutation, { input: { token, phone } })).findOwnCases.cases
  const cases = await find('１３８０００００００１')
  expect(cases.map(({ caseNumber, closedAt }: Record<string, string>) => [caseNumber, closedAt])).toEqual([
    ['4101…0002', '2026-11-19T09:00:00.000Z'],
    ['4101…0001', '2026-11-19T01:10:00.000Z'],
  ])
  const { formTicket } = cases[0]
  const { ratingForm } = await scene.ask(anonymousViewer, formQuery, { token, formTicket })
  expect([ratingForm.state, ratingForm.subject.caseNumber, ratingForm.subject.staffNumber]).toEqual([
    'OPEN',
    caseRow(2).caseNumber,
    'SB001',
  ])
  const input = { token, formTicket, level: 'SATISFIED' }
  const { submitEvaluation } = await scene.ask(anonymousViewer, submitMutation, { input })
  expect(submitEvaluation.isNew).toBe(true)
  expect(await find('13800000001')).toHaveLength(1)
  expect(await find('13800000009')).toEqual([])
})

test('an overdue case invites before it is closed, a case merged into another names that one', async () => {
  const issue = async (caseNumber: string) =>
    (
      await scene.ask(
        clientViewer('windowSystem'),
        `mutation ($input: IssueRatingCodeInput!) { issueRatingCode(input: $input) { __typename ... on UserError { code message } } }`,
        { input: { caseNumber } },
      )
    ).issueRatingCode
  const open = { state: '2', closedAt: '' }
  const cases = [
    caseRow(11, { ...open, legalLimitAt: '2026-11-19 12:00:00' }),
    caseRow(12, { ...open, legalLimitAt: '2026-11-30 12:00:00' }),
    caseRow(13, { dataState: '0', mergedInto: caseRow(1).caseNumber }),
  ]
  await scene.askCases(
    clientViewer('windowSystem'),
    `mutation ($cases: [CaseReportInput!]!) { reportCases(input: { cases: $cases }) { __typename } }`,
    { cases },
  )
  expect((await issue(cases[0]!.caseNumber)).__typename).toBe('IssueRatingCodeSuccess')
  expect((await issue(cases[1]!.caseNumber)).code).toBe('CASE_NOT_CLOSED')
  const merged = await issue(cases[2]!.caseNumber)
  expect([merged.code, merged.message]).toEqual(['CASE_MERGED', `该办件已并入 ${caseRow(1).caseNumber}，不再单独评价`])
})
