import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertClients, makeClientKeys } from '../../db/seed/clients.ts'
import { insertDirectory, makeDirectory } from '../../db/seed/directory.ts'
import { makeExampleRows } from '../../db/seed/example/example-rows.ts'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'

let scene: CasesScene
let windowSystem: Viewer

beforeAll(async () => {
  const keys = makeClientKeys()
  scene = await openCasesScene({
    seed: database =>
      database.inScope({ reach: 'EVERYTHING', name: 'seed' }, async tx => {
        const directory = makeDirectory()
        await insertDirectory(tx, directory)
        await insertClients(tx, directory, keys)
      }),
  })
  scene.clock.now = new Date('2026-11-21T00:00:00Z')
  const { identify } = await scene.ask<{ identify: string }>(
    systemViewer('door'),
    'query ($credential: String!) { identify(credential: $credential) }',
    { credential: keys.find(({ name }) => name === 'window-system')!.key },
  )
  windowSystem = JSON.parse(identify)
})
afterAll(() => scene.stop())

/** What each oddity of the example file is refused or warned with. */
const answers: Record<string, string> = {
  CASE_NUMBER_OF_24: 'warning caseNumber CASE_NUMBER_LONGER_THAN_EXCHANGE',
  CREDIT_CODE_CHECKSUM: 'warning documentNumber CREDIT_CODE_CHECKSUM_FAILS',
  SECOND_74: 'problem acceptedAt SECONDS_OUT_OF_RANGE',
  REGION_OF_ANOTHER_PROVINCE: 'problem regionCode CASE_OUT_OF_SCOPE',
  REGION_OUT_OF_SCOPE: 'problem regionCode CASE_OUT_OF_SCOPE',
  MATTER_UNKNOWN: 'problem serviceCode MATTER_UNKNOWN',
  FEBRUARY_31: 'problem acceptedAt DATE_NOT_REAL',
  IDENTITY_CHECK_DIGIT: 'problem documentNumber IDENTITY_NUMBER_CHECK_DIGIT',
  APPLICANT_NAME_MISSING: 'problem applicantName MISSING',
  CLOSED_WITHOUT_TIME: 'problem closedAt CLOSED_AT_MISSING',
  STATE_UNKNOWN: 'problem state CODE_UNKNOWN',
  WINDOW_UNKNOWN: 'problem windowNumber WINDOW_UNKNOWN',
}

test('of the example file 950 cases are taken, and each odd row is answered with what is odd about it', async () => {
  const text = await readFile(new URL('../../db/seed/example/cases.ndjson', import.meta.url), 'utf8')
  const rows = text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as CaseReportRow)
  const expected = makeExampleRows().map(({ oddity }) => (oddity ? answers[oddity.name] : undefined) ?? 'sound')
  const answered: string[] = []
  let accepted = 0
  for (let from = 0; from < rows.length; from += 500) {
    const { reportCases } = await scene.ask<{
      reportCases: {
        acceptedCount: number
        results: {
          index: number
          problems: { path: string; code: string }[]
          warnings: { path: string; code: string }[]
        }[]
      }
    }>(
      windowSystem,
      `mutation ($input: ReportCasesInput!) { reportCases(input: $input) { ... on ReportCasesSuccess {
         acceptedCount results { index problems { path code } warnings { path code } } } } }`,
      { input: { cases: rows.slice(from, from + 500) } },
    )
    accepted += reportCases.acceptedCount
    for (const { index, problems, warnings } of reportCases.results) {
      const said = (kind: string, { path, code }: { path: string; code: string }) =>
        `${kind} ${path.replace(`cases.${index}.`, '')} ${code}`
      const all = [...problems.map(found => said('problem', found)), ...warnings.map(found => said('warning', found))]
      answered.push(all.join(', ') || 'sound')
    }
  }
  expect(answered).toEqual(expected)
  expect(accepted).toBe(950)
  expect(scene.logged).toEqual([])
})
