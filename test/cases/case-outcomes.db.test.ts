import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { systemViewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, clientViewer, smallDirectory } from '../kit/small-directory.ts'

let scene: CasesScene
beforeAll(async () => {
  scene = await openCasesScene()
})
afterAll(() => scene.stop())

type Result = { outcome: string; serviceCase: { outcome: string; mergedInto: string | null } | null }

const report = async (...cases: CaseReportRow[]) => {
  const { reportCases } = await scene.ask<{ reportCases: { results: Result[] } }>(
    clientViewer('windowSystem'),
    `mutation ($cases: [CaseReportInput!]!) { reportCases(input: { cases: $cases }) {
       ... on ReportCasesSuccess { results { outcome serviceCase { outcome mergedInto } problems { path code } } }
     } }`,
    { cases },
  )
  return reportCases.results
}

const factsOf = (caseNumber: string) =>
  scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query<{ type: string; payload: Record<string, unknown> }>(
      `select o.type, o.payload from cases.outbox o join cases.case_keys k on k.case_id = o.subject_id
       where k.case_number = $1 order by o.seq`,
      [caseNumber],
    ),
  )

test.each([
  ['2', 'REFUSED'],
  ['3', 'RETURNED'],
  ['4', 'WITHDRAWN'],
])('a case that ended with code %s reads %s, and its device is told as of any other', async (outcome, meaning) => {
  const row = caseRow(Number(outcome), { outcome })
  const [result] = await report(row)
  expect(result).toMatchObject({ outcome: 'CREATED', serviceCase: { outcome: meaning, mergedInto: null } })
  expect((await factsOf(row.caseNumber)).map(({ type, payload }) => [type, payload.outcome ?? null])).toEqual([
    ['ServiceCaseReported', meaning],
    ['ServiceCaseClosed', null],
  ])
})

test('a case that went into another is void and names it, until a newer version says otherwise', async () => {
  const row = caseRow(10)
  const mergedInto = caseRow(11).caseNumber
  await report(row)
  const merged = { ...row, dataVersion: 2, dataState: '0', mergedInto }
  expect(await report(merged)).toMatchObject([
    { outcome: 'UPDATED', serviceCase: { outcome: 'COMPLETED', mergedInto } },
  ])
  expect((await factsOf(row.caseNumber)).at(-1)).toMatchObject({ payload: { isValid: false, mergedInto } })
  const { rateableCase } = await scene.ask(
    systemViewer('rating-code'),
    'query ($caseNumber: String!) { rateableCase(caseNumber: $caseNumber) { isValid mergedInto outcome } }',
    { caseNumber: row.caseNumber },
  )
  expect(rateableCase).toEqual({ isValid: false, mergedInto, outcome: 'COMPLETED' })
  expect(await report({ ...row, dataVersion: 3 })).toMatchObject([
    { outcome: 'UPDATED', serviceCase: { mergedInto: null } },
  ])
})

test('ratings learn of the limits of a case, and of the fees and intermediaries of its matter', async () => {
  await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query('update cases.service_matters set has_fees = true, involves_intermediary = true where id = $1', [
      smallDirectory.matters.pensionA,
    ]),
  )
  const row = caseRow(20, { promisedAt: '2026-11-25 18:00:00' })
  await report(row)
  const limits = { promisedAt: '2026-11-25T10:00:00.000Z', legalLimitAt: '2026-11-30T15:59:59.000Z' }
  const expected = { ...limits, hasFees: true, involvesIntermediary: true }
  expect((await factsOf(row.caseNumber))[0]!.payload).toMatchObject(expected)
  const { rateableCase } = await scene.ask(
    systemViewer('rating-code'),
    `query ($caseNumber: String!) { rateableCase(caseNumber: $caseNumber) {
       promisedAt legalLimitAt hasFees involvesIntermediary } }`,
    { caseNumber: row.caseNumber },
  )
  expect(rateableCase).toEqual(expected)
})

test('a faulty outcome refuses its row alone', async () => {
  const results = await report(caseRow(30, { outcome: '7' }), caseRow(31))
  expect(results).toMatchObject([
    { outcome: 'REJECTED', problems: [{ path: 'cases.0.outcome', code: 'CODE_UNKNOWN' }] },
    { outcome: 'CREATED' },
  ])
})

test('whoever names no case is told what to give', async () => {
  for (const field of ['serviceCase', 'serviceCase(caseNumber: " ")', 'serviceCase(id: "")']) {
    expect(await scene.refusedWith(accountViewer('city'), `{ ${field} { id } }`)).toEqual(['CASE_NOT_NAMED'])
  }
})
