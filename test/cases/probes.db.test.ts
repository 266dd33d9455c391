import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, clientViewer, regionPaths } from '../kit/small-directory.ts'

let scene: CasesScene
beforeAll(async () => {
  scene = await openCasesScene()
})
afterAll(() => scene.stop())

const prober: Viewer = {
  ...anonymousViewer,
  id: '01900000-0000-7000-8000-00000000aaaa',
  kind: 'CLIENT',
  role: 'INTEGRATION_CLIENT',
  name: 'prober',
  scope: { reach: 'REGION', regionPath: regionPaths.province },
}
type Result = {
  outcome: string
  problems: { path: string; code: string }[]
  serviceCase: { id: string; isProbe: boolean } | null
}
async function report(viewer: Viewer, row: CaseReportRow): Promise<Result> {
  const mutation = `mutation ($input: ReportCasesInput!) { reportCases(input: $input) { ... on ReportCasesSuccess {
    results { outcome problems { path code } serviceCase { id isProbe } } } } }`
  const { reportCases } = await scene.ask<{ reportCases: { results: Result[] } }>(viewer, mutation, {
    input: { cases: [row] },
  })
  return reportCases.results[0]!
}
const listed = async (filter: object) => {
  const query = `query ($filter: ServiceCaseFilter) { serviceCases(first: 100, filter: $filter) { edges { node { id isProbe } } } }`
  type Answer = { serviceCases: { edges: { node: { id: string; isProbe: boolean } }[] } }
  return (await scene.ask<Answer>(accountViewer('province'), query, { filter })).serviceCases.edges.map(
    ({ node }) => node,
  )
}

test('a probe comes from a system of the whole province, is marked in its fact, and is listed for whoever asks for probes', async () => {
  const plain = await report(prober, caseRow(1))
  const probe = await report(prober, caseRow(2, { isProbe: true }))
  expect([plain.serviceCase!.isProbe, probe.serviceCase!.isProbe]).toEqual([false, true])
  expect(await listed({})).toEqual([{ id: plain.serviceCase!.id, isProbe: false }])
  expect(await listed({ includesProbes: true })).toHaveLength(2)
  const facts = await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query(
      `select payload -> 'isProbe' as marked from cases.outbox where type = 'ServiceCaseReported' and subject_id = $1`,
      [probe.serviceCase!.id],
    ),
  )
  expect(facts).toEqual([{ marked: true }])
})

test('nobody below the province can take his cases out of the figures by calling them probes', async () => {
  for (const viewer of [clientViewer('windowSystem'), accountViewer('city')]) {
    const { outcome, problems } = await report(viewer, caseRow(3, { isProbe: true }))
    expect([outcome, problems]).toEqual(['REJECTED', [{ path: 'cases.0.isProbe', code: 'PROBE_NOT_PERMITTED' }]])
  }
})

test('a case is a probe for good or never', async () => {
  for (const [serial, isProbe] of [
    [4, true],
    [5, false],
  ] as const) {
    await report(prober, caseRow(serial, { isProbe }))
    const { outcome, problems } = await report(prober, caseRow(serial, { isProbe: !isProbe, dataVersion: 2 }))
    expect([outcome, problems]).toEqual(['REJECTED', [{ path: 'cases.0.isProbe', code: 'PROBE_FOR_GOOD' }]])
  }
})
