import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import type { StampedEvent } from '../../subgraphs/shared/events/event.ts'
import { readServiceCaseReported } from '../../subgraphs/shared/events/service-case-reported.ts'
import { phoneLastFourKind } from '../../subgraphs/shared/people/phone-last-four.ts'
import { anonymousViewer, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow, inventedIdentityNumber } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, clientViewer, regionPaths, serviceCodes, smallDirectory } from '../kit/small-directory.ts'

let scene: CasesScene
beforeAll(async () => {
  scene = await openCasesScene()
})
afterAll(() => scene.stop())

const windowSystem = clientViewer('windowSystem')
const everything = { reach: 'EVERYTHING', name: 'seed' } as const

type Result = {
  index: number
  caseNumber: string
  outcome: string
  serviceCase: { id: string; state: string; dataVersion: number } | null
  problems: { path: string; code: string; message: string }[]
  warnings: { path: string; code: string }[]
}
type Answer = {
  __typename: string
  code?: string
  problems?: { path: string; code: string }[]
  results: Result[]
  acceptedCount: number
  unchangedCount: number
  rejectedCount: number
}

const report = async (rows: CaseReportRow[], viewer: Viewer = windowSystem): Promise<Answer> => {
  const { reportCases } = await scene.ask<{ reportCases: Answer }>(
    viewer,
    `mutation ($input: ReportCasesInput!) { reportCases(input: $input) {
       __typename
       ... on ReportCasesSuccess {
         acceptedCount unchangedCount rejectedCount
         results { index caseNumber outcome serviceCase { id state dataVersion } problems { path code message } warnings { path code } }
       }
       ... on NotPermitted { code }
       ... on InvalidInput { code problems { path code } }
     } }`,
    { input: { cases: rows } },
  )
  return reportCases
}
const outcomes = (answer: Answer) => answer.results.map(result => result.outcome)
const problemCodes = (answer: Answer) =>
  answer.results.flatMap(({ problems }) => problems.map(p => `${p.path} ${p.code}`))

/** Everything stored of cases whose number begins so. */
const stored = (prefix: string) =>
  scene.database.inScope(everything, async tx => {
    const [counts] = await tx.query<Record<'keys' | 'cases' | 'applicants' | 'events', number>>(
      `select (select count(*)::int from cases.case_keys where case_number like $1) as keys,
         (select count(*)::int from cases.service_cases where case_number like $1) as cases,
         (select count(*)::int from cases.case_applicants a join cases.case_keys k using (case_id) where k.case_number like $1) as applicants,
         (select count(*)::int from cases.outbox o join cases.case_keys k on k.case_id = o.subject_id where k.case_number like $1) as events`,
      [`${prefix}%`],
    )
    return counts
  })
const nothing = { keys: 0, cases: 0, applicants: 0, events: 0 }

const eventsOf = (caseNumber: string) =>
  scene.database.inScope(everything, tx =>
    tx.query<{
      type: string
      feed: string | null
      payload: Record<string, unknown>
      region_path: string
      window_id: string
    }>(
      `select o.type, o.feed, o.payload, o.region_path, o.window_id from cases.outbox o
       join cases.case_keys k on k.case_id = o.subject_id where k.case_number = $1 order by o.seq`,
      [caseNumber],
    ),
  )

test('a closed case is stored with its applicant sealed, its facts in the same commit, and can be asked for', async () => {
  const row = caseRow(1)
  const answer = await report([row])
  const id = answer.results[0]!.serviceCase!.id
  expect(answer).toEqual({
    __typename: 'ReportCasesSuccess',
    acceptedCount: 1,
    unchangedCount: 0,
    rejectedCount: 0,
    results: [
      {
        index: 0,
        caseNumber: row.caseNumber,
        outcome: 'CREATED',
        serviceCase: { id, state: 'CLOSED', dataVersion: 1 },
        problems: [],
        warnings: [],
      },
    ],
  })
  const { staff, halls, windows, departments, lines, matters } = smallDirectory
  const [reported, closed, ...rest] = await eventsOf(row.caseNumber)
  const facts = {
    caseId: id,
    caseNumber: row.caseNumber,
    dataVersion: 1,
    isValid: true,
    state: 'CLOSED',
    acceptedAt: '2026-11-19T01:00:00.000Z',
    closedAt: '2026-11-19T01:20:00.000Z',
    reportedAt: '2026-11-20T02:00:00.000Z',
    cityCode: '410100',
    policyId: 'henan',
    matterId: matters.pensionA,
    matterName: '养老保险待遇核定',
    departmentName: '甲州市人社局',
    hallName: '甲州市政务大厅',
    windowNumber: 'A01',
    staffNumber: 'SB001',
    staffName: '林晓禾',
    outcome: 'COMPLETED',
    mergedInto: null,
    promisedAt: null,
    legalLimitAt: '2026-11-30T15:59:59.000Z',
    hasFees: false,
    involvesIntermediary: false,
    isProbe: false,
  }
  expect(rest).toEqual([])
  expect(reported).toEqual({
    type: 'ServiceCaseReported',
    feed: null,
    payload: { ...facts, sourceSystem: 'QUEUE-A' },
    region_path: regionPaths.cityA,
    window_id: windows.a01,
  })
  expect(readServiceCaseReported(reported as unknown as StampedEvent)).toEqual(facts)
  expect(closed).toMatchObject({ type: 'ServiceCaseClosed', feed: 'serviceCaseClosed', payload: { caseId: id } })

  const { rateableCase } = await scene.ask<{ rateableCase: unknown }>(
    systemViewer('rating-code'),
    `query ($caseNumber: String!) { rateableCase(caseNumber: $caseNumber) {
       caseId caseNumber dataVersion isValid state acceptedAt closedAt reportedAt cityCode regionPath policyId matterId matterName
       departmentId departmentName lineId hallId hallName windowId windowNumber staffMemberId staffNumber staffName phoneLastFourHash
       outcome mergedInto promisedAt legalLimitAt hasFees involvesIntermediary isProbe } }`,
    { caseNumber: row.caseNumber },
  )
  expect(rateableCase).toEqual({
    ...facts,
    regionPath: regionPaths.cityA,
    departmentId: departments.socialSecurityA,
    lineId: lines.socialSecurity,
    hallId: halls.hallA,
    windowId: windows.a01,
    staffMemberId: staff.socialSecurityA,
    phoneLastFourHash: scene.crypto.lookupHash(phoneLastFourKind, '0000'),
  })
})

test('personal data lies sealed in its columns and nowhere else', async () => {
  const row = caseRow(2, { contactName: '苏联系' })
  await report([row])
  const [applicant] = await scene.database.inScope(everything, tx =>
    tx.query<Record<string, Buffer | string>>(
      `select a.* from cases.case_applicants a join cases.case_keys k using (case_id) where k.case_number = $1`,
      [row.caseNumber],
    ),
  )
  const open = (column: string) => scene.crypto.open(`cases.case_applicants.${column}`, applicant![column] as Buffer)
  expect(open('name_sealed')).toBe('苏小满')
  expect(open('document_sealed')).toBe(inventedIdentityNumber)
  expect(open('phone_sealed')).toBe('13900000000')
  expect(open('contact_name_sealed')).toBe('苏联系')
  expect(applicant!.phone_hash).toBe(scene.crypto.lookupHash('PHONE', '13900000000'))
  expect(applicant!.document_hash).toBe(scene.crypto.lookupHash('DOCUMENT_NUMBER', inventedIdentityNumber))
  const everythingWritten = JSON.stringify([applicant, await eventsOf(row.caseNumber)])
  for (const secret of ['苏小满', '苏联系', inventedIdentityNumber, '13900000000']) {
    expect(everythingWritten).not.toContain(secret)
  }
})

describe('the same case again', () => {
  test('the same or an older version changes nothing, a newer one replaces it and says what it was about', async () => {
    const open = caseRow(10, { dataVersion: 2, state: '2', closedAt: null })
    expect(outcomes(await report([open]))).toEqual(['CREATED'])
    expect(outcomes(await report([{ ...open, title: '改' }]))).toEqual(['UNCHANGED'])
    expect(outcomes(await report([{ ...open, dataVersion: 1 }]))).toEqual(['UNCHANGED'])
    expect(await stored(open.caseNumber)).toEqual({ keys: 1, cases: 1, applicants: 1, events: 1 })
    const closed = { ...caseRow(10), dataVersion: 3, contactPhone: '' }
    const answer = await report([closed])
    expect(answer.results[0]).toMatchObject({ outcome: 'UPDATED', serviceCase: { state: 'CLOSED', dataVersion: 3 } })
    expect((await eventsOf(open.caseNumber)).map(({ type, payload }) => [type, payload.dataVersion ?? null])).toEqual([
      ['ServiceCaseReported', 2],
      ['ServiceCaseReported', 3],
      ['ServiceCaseClosed', null],
    ])
    const voided = await report([{ ...closed, dataVersion: 4, dataState: '0' }])
    expect(outcomes(voided)).toEqual(['UPDATED'])
    expect((await eventsOf(open.caseNumber)).at(-1)).toMatchObject({ payload: { isValid: false } })
    expect(await stored(open.caseNumber)).toEqual({ keys: 1, cases: 1, applicants: 1, events: 4 })
  })

  test('a phone that the newer version leaves out is gone', async () => {
    const hash = () =>
      scene
        .ask<{ rateableCase: { phoneLastFourHash: string | null } }>(
          systemViewer('rating-code'),
          'query ($caseNumber: String!) { rateableCase(caseNumber: $caseNumber) { phoneLastFourHash } }',
          { caseNumber: caseRow(11).caseNumber },
        )
        .then(({ rateableCase }) => rateableCase.phoneLastFourHash)
    await report([caseRow(11)])
    expect(await hash()).not.toBeNull()
    await report([caseRow(11, { dataVersion: 2, contactPhone: null })])
    expect(await hash()).toBeNull()
  })

  test('within one batch the highest version is stored, the others are unchanged and name the same case', async () => {
    const answer = await report([
      caseRow(12, { dataVersion: 2 }),
      caseRow(13),
      caseRow(12, { dataVersion: 5 }),
      caseRow(12, { dataVersion: 5 }),
      caseRow(12, { dataVersion: 1 }),
    ])
    expect(outcomes(answer)).toEqual(['UNCHANGED', 'CREATED', 'CREATED', 'UNCHANGED', 'UNCHANGED'])
    const ids = answer.results.map(result => result.serviceCase!.id)
    expect(new Set([ids[0], ids[2], ids[3], ids[4]]).size).toBe(1)
    expect(answer.results[0]!.serviceCase!.dataVersion).toBe(5)
    expect(await stored(caseRow(12).caseNumber)).toEqual({ keys: 1, cases: 1, applicants: 1, events: 2 })
  })

  test('two systems that report the same hundred cases at once make each case once', async () => {
    const rows = Array.from({ length: 100 }, (_, n) => caseRow(1_000 + n))
    const answers = await Promise.all([
      report(rows),
      report([...rows].reverse()),
      report(rows),
      report([...rows].reverse()),
    ])
    expect(answers.reduce((sum, answer) => sum + answer.acceptedCount, 0)).toBe(100)
    expect(answers.reduce((sum, answer) => sum + answer.unchangedCount, 0)).toBe(300)
    expect(answers.reduce((sum, answer) => sum + answer.rejectedCount, 0)).toBe(0)
    expect(await stored('4101002026111900001')).toEqual({ keys: 100, cases: 100, applicants: 100, events: 200 })
  })
})

describe('one bad row never sinks its batch', () => {
  test('each row is judged by itself and against the directory, and nothing of a rejected one is written', async () => {
    const rows = [
      caseRow(20),
      caseRow(21, { acceptedAt: '2026-11-19 08:48:74' }),
      caseRow(22, { serviceCode: 'NOT-REGISTERED' }),
      caseRow(23, { hall: '没有的大厅' }),
      caseRow(24, { windowNumber: 'Z99' }),
      caseRow(25, { staffNumber: 'XX999' }),
      caseRow(26, { hall: null }),
      caseRow(27, { regionCode: '410200' }),
      caseRow(28, { regionCode: '420100' }),
      caseRow(29),
    ]
    const answer = await report(rows)
    expect(outcomes(answer)).toEqual(['CREATED', ...Array(8).fill('REJECTED'), 'CREATED'])
    expect([answer.acceptedCount, answer.unchangedCount, answer.rejectedCount]).toEqual([2, 0, 8])
    expect(problemCodes(answer)).toEqual([
      'cases.1.acceptedAt SECONDS_OUT_OF_RANGE',
      'cases.2.serviceCode MATTER_UNKNOWN',
      'cases.3.hall HALL_UNKNOWN',
      'cases.4.windowNumber WINDOW_UNKNOWN',
      'cases.5.staffNumber STAFF_UNKNOWN',
      'cases.6.hall HALL_MISSING',
      'cases.7.regionCode CASE_OUT_OF_SCOPE',
      'cases.8.regionCode CASE_OUT_OF_SCOPE',
    ])
    for (const row of rows.slice(1, 9)) expect(await stored(row.caseNumber)).toEqual(nothing)
  })

  test('a row that the database refuses against all expectation is rejected alone', async () => {
    const owner = new pg.Client({ connectionString: scene.ownerUrl })
    await owner.connect()
    await owner.query(`alter table cases.service_cases add constraint no_poison check (title <> 'poison')`)
    try {
      const answer = await report([caseRow(40), caseRow(41, { title: 'poison' }), caseRow(42)])
      expect(outcomes(answer)).toEqual(['CREATED', 'REJECTED', 'CREATED'])
      expect(problemCodes(answer)).toEqual(['cases.1.caseNumber ROW_NOT_STORED'])
      expect(await stored(caseRow(41).caseNumber)).toEqual(nothing)
      expect(await stored(caseRow(42).caseNumber)).toEqual({ keys: 1, cases: 1, applicants: 1, events: 2 })
    } finally {
      await owner.query('alter table cases.service_cases drop constraint no_poison')
      await owner.end()
    }
  })

  test('24 characters of case number are taken with a warning', async () => {
    const answer = await report([caseRow(50, { caseNumber: '410100202611190000005001' })])
    expect(answer.results[0]).toMatchObject({
      outcome: 'CREATED',
      warnings: [{ path: 'cases.0.caseNumber', code: 'CASE_NUMBER_LONGER_THAN_EXCHANGE' }],
    })
  })
})

describe('where a case belongs', () => {
  const placementOf = (caseNumber: string) =>
    scene.database.inScope(everything, async tx => {
      const [row] = await tx.query(
        `select city_code as "cityCode", region_path as "regionPath", department_id as "departmentId", hall_id as "hallId"
         from cases.service_cases where case_number = $1`,
        [caseNumber],
      )
      return row
    })

  test('its city follows the parent path, not the code: a directly administered county is its own', async () => {
    const row = caseRow(60, {
      regionCode: '410181',
      serviceCode: serviceCodes.licence,
      hall: '丙县政务大厅',
      windowNumber: 'C01',
      staffNumber: 'SJ001',
    })
    expect(outcomes(await report([row], clientViewer('directSystem')))).toEqual(['CREATED'])
    expect(await placementOf(row.caseNumber)).toEqual({
      cityCode: '410181',
      regionPath: regionPaths.directCounty,
      departmentId: smallDirectory.departments.marketDirect,
      hallId: smallDirectory.halls.hallDirect,
    })
    expect(problemCodes(await report([{ ...row, dataVersion: 2 }]))).toEqual(['cases.0.regionCode CASE_OUT_OF_SCOPE'])
  })

  test('a township’s case is the matter of the nearest unit above it; twelve digits ending in zeros name the county', async () => {
    const village = caseRow(61, {
      regionCode: '410105001201',
      serviceCode: serviceCodes.licence,
      hall: smallDirectory.halls.stationA,
      windowNumber: null,
      staffNumber: null,
    })
    const county = { ...village, caseNumber: caseRow(62).caseNumber, regionCode: '410105000000', hall: null }
    expect(outcomes(await report([village, county]))).toEqual(['CREATED', 'CREATED'])
    expect(await placementOf(village.caseNumber)).toEqual({
      cityCode: '410100',
      regionPath: regionPaths.villageA,
      departmentId: smallDirectory.departments.marketCountyA,
      hallId: smallDirectory.halls.stationA,
    })
    expect(await placementOf(county.caseNumber)).toMatchObject({ regionPath: regionPaths.countyA, hallId: null })
  })

  test('two cities number on their own', async () => {
    const inB = caseRow(63, { regionCode: '410200', hall: '乙州市政务大厅', windowNumber: 'B01' })
    expect(outcomes(await report([caseRow(63)]))).toEqual(['CREATED'])
    expect(outcomes(await report([inB], clientViewer('windowSystemB')))).toEqual(['CREATED'])
    expect(await stored(inB.caseNumber)).toMatchObject({ keys: 2, cases: 2 })
  })

  test('a system of one hall neither sees, changes nor takes over a case of another hall in its city', async () => {
    const hallSystem: Viewer = {
      ...windowSystem,
      scope: { reach: 'REGION', regionPath: regionPaths.cityA, hallId: smallDirectory.halls.stationA },
    }
    await report([caseRow(64)])
    const before = await stored(caseRow(64).caseNumber)
    const ownRow = { windowNumber: null, staffNumber: null, hall: null, dataVersion: 9 }
    const answer = await report(
      [caseRow(64, ownRow), caseRow(65, { ...ownRow, dataVersion: 1 }), caseRow(66)],
      hallSystem,
    )
    expect(outcomes(answer)).toEqual(['REJECTED', 'CREATED', 'REJECTED'])
    expect(problemCodes(answer)).toEqual([
      'cases.0.caseNumber CASE_OUT_OF_SCOPE',
      'cases.2.hall HALL_UNKNOWN',
      'cases.2.staffNumber STAFF_UNKNOWN',
    ])
    expect(await stored(caseRow(64).caseNumber)).toEqual(before)
    expect(outcomes(await report([caseRow(64, { dataVersion: 2 })]))).toEqual(['UPDATED'])
  })
})

describe('who may report, and how much', () => {
  test.each([
    ['nobody', anonymousViewer],
    ['window staff', accountViewer('window')],
    ['a supervisor', accountViewer('supervisor')],
    ['a handler', accountViewer('handler')],
    ['a front-end application', clientViewer('frontend')],
    ['a device', clientViewer('device')],
  ])('%s may not', async (_name, viewer) => {
    expect(await report([caseRow(70)], viewer)).toEqual({ __typename: 'NotPermitted', code: 'NOT_PERMITTED' })
    expect(await stored(caseRow(70).caseNumber)).toEqual(nothing)
  })

  test('a management body may, and stands as the source itself', async () => {
    expect(outcomes(await report([caseRow(71)], accountViewer('city')))).toEqual(['CREATED'])
    expect((await eventsOf(caseRow(71).caseNumber))[0]).toMatchObject({ payload: { sourceSystem: 'HUB' } })
  })

  test('501 rows and none are refused whole', async () => {
    const rows = Array.from({ length: 501 }, (_, n) => caseRow(90_000 + n))
    expect(await report(rows)).toEqual({
      __typename: 'InvalidInput',
      code: 'TOO_MANY_ROWS',
      problems: [{ path: 'cases', code: 'TOO_MANY_ROWS' }],
    })
    expect(await report([])).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT' })
    expect(await stored('410100202611190009')).toEqual(nothing)
    expect((await report(rows.slice(1))).acceptedCount).toBe(500)
  })
})

test('nothing on the way was an internal error', () => {
  expect(scene.logged).toEqual([])
})
