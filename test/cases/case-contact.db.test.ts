import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { anonymousViewer, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, clientViewer, regionPaths, serviceCodes, smallDirectory } from '../kit/small-directory.ts'

const { halls, staff, departments } = smallDirectory
const phone = '13800000001'
const landline = '0371-60000001'

let scene: CasesScene
let ids: Record<'first' | 'latest' | 'police' | 'landline' | 'phoneless', string>

const report = async (...cases: CaseReportRow[]) => {
  const { reportCases } = await scene.ask<{ reportCases: { results: { serviceCase: { id: string } }[] } }>(
    clientViewer('windowSystem'),
    `mutation ($cases: [CaseReportInput!]!) { reportCases(input: { cases: $cases }) {
       ... on ReportCasesSuccess { results { serviceCase { id } problems { path code } } } } }`,
    { cases },
  )
  return reportCases.results.map(result => result.serviceCase?.id)
}

beforeAll(async () => {
  scene = await openCasesScene()
  const police = { serviceCode: serviceCodes.identityCard, staffNumber: 'GA001', windowNumber: 'A02' }
  const [first, latest, policeCase, landlineCase, phoneless] = await report(
    caseRow(1, { contactPhone: phone, closedAt: '2026-11-19 09:10:00' }),
    caseRow(2, { contactPhone: `+86 ${phone}`, closedAt: '2026-11-19 17:00:00', outcome: '3' }),
    caseRow(3, { contactPhone: phone, ...police }),
    caseRow(4, { contactPhone: '（0371）60000001 转 8' }),
    caseRow(5, { contactPhone: '' }),
    caseRow(6, { contactPhone: phone, state: '2', closedAt: '' }),
    caseRow(7, { contactPhone: phone, dataState: '0' }),
    caseRow(8, { contactPhone: '13800000002' }),
  )
  ids = { first, latest, police: policeCase, landline: landlineCase, phoneless } as typeof ids
})
afterAll(() => scene.stop())

const hub = systemViewer('rating-code')

type Place = { since?: string; regionPath?: string; hallId?: string | null; staffMemberId?: string | null }
const casesOf = async (asked: string, place: Place = {}, viewer: Viewer = hub) => {
  const { casesOfContact } = await scene.ask<{ casesOfContact: { caseId: string }[] }>(
    viewer,
    `query ($phone: String!, $since: DateTime!, $regionPath: String!, $hallId: ID, $staffMemberId: ID) {
       casesOfContact(phone: $phone, since: $since, regionPath: $regionPath, hallId: $hallId, staffMemberId: $staffMemberId) {
         caseId staffName outcome hasFees } }`,
    { phone: asked, since: '2026-11-18T00:00:00.000Z', regionPath: regionPaths.cityA, ...place },
  )
  return casesOfContact.map(({ caseId }) => caseId)
}

const contactOf = async (caseId: string) => {
  const { contactOfCase } = await scene.ask<{ contactOfCase: string | null }>(
    hub,
    'query ($caseId: ID!) { contactOfCase(caseId: $caseId) }',
    { caseId },
  )
  return contactOfCase && JSON.parse(contactOfCase)
}

const belongs = async (asked: string, caseId: string) => {
  const { phoneBelongsToCase } = await scene.ask<{ phoneBelongsToCase: boolean }>(
    hub,
    'query ($phone: String!, $caseId: ID!) { phoneBelongsToCase(phone: $phone, caseId: $caseId) }',
    { phone: asked, caseId },
  )
  return phoneBelongsToCase
}

test('a phone finds its valid closed cases however it is typed, the latest closed first', async () => {
  const all = [ids.latest, ids.police, ids.first]
  for (const typed of [phone, '+86 138-0000-0001', '１３８ ００００ ０００１'])
    expect(await casesOf(typed)).toEqual(all)
  expect(await casesOf('13800000009')).toEqual([])
  expect(await casesOf('138')).toEqual([])
})

test('place, person and time narrow what a phone finds', async () => {
  expect(await casesOf(phone, { staffMemberId: staff.policeA })).toEqual([ids.police])
  expect(await casesOf(phone, { hallId: halls.hallA, staffMemberId: staff.socialSecurityA })).toEqual([
    ids.latest,
    ids.first,
  ])
  expect(await casesOf(phone, { hallId: halls.hallB })).toEqual([])
  expect(await casesOf(phone, { regionPath: regionPaths.cityB })).toEqual([])
  expect(await casesOf(phone, { regionPath: regionPaths.province })).toHaveLength(3)
  expect(await casesOf(phone, { since: '2026-11-19T08:00:00.000Z' })).toEqual([ids.latest])
  expect(await casesOf(phone, { hallId: "' or true --" })).toEqual([])
})

test('at most twenty cases are found', async () => {
  const many = Array.from({ length: 25 }, (_, n) => caseRow(100 + n, { contactPhone: '13800000003' }))
  await report(...many)
  expect(await casesOf('13800000003')).toHaveLength(20)
})

test('a message learns the phone in clear and where the case belongs', async () => {
  expect(await contactOf(ids.latest)).toEqual({
    phone,
    cityCode: '410100',
    policyId: 'henan',
    regionPath: regionPaths.cityA,
    departmentId: departments.socialSecurityA,
    hallId: halls.hallA,
    departmentName: '甲州市人社局',
    matterName: '养老保险待遇核定',
    closedAt: '2026-11-19T09:00:00.000Z',
  })
  expect(await contactOf(ids.landline)).toMatchObject({ phone: landline })
  expect(await contactOf(ids.phoneless)).toBeNull()
  expect(await contactOf(halls.hallA)).toBeNull()
  expect(await contactOf('no id')).toBeNull()
})

test('a phone belongs to the cases whose applicant left it', async () => {
  expect(await belongs('138 0000 0001', ids.first)).toBe(true)
  expect(await belongs(landline, ids.landline)).toBe(true)
  expect(await belongs('13800000002', ids.first)).toBe(false)
  expect(await belongs(phone, ids.phoneless)).toBe(false)
  expect(await belongs('', ids.first)).toBe(false)
  expect(await belongs(phone, 'no id')).toBe(false)
})

test('nobody but the hub itself may ask, and no phone is logged', async () => {
  const documents = [
    `{ contactOfCase(caseId: "${ids.first}") }`,
    `{ phoneBelongsToCase(phone: "${phone}", caseId: "${ids.first}") }`,
    `{ casesOfContact(phone: "${phone}", since: "2026-11-18T00:00:00Z", regionPath: "/") { caseId } }`,
  ]
  for (const viewer of [anonymousViewer, accountViewer('province'), clientViewer('windowSystem')]) {
    for (const document of documents) expect(await scene.refusedWith(viewer, document)).toEqual(['NOT_PERMITTED'])
  }
  expect(scene.logged.join()).not.toMatch(/1380000000|60000001/)
})
