import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAgent, demoCitizen, demoOrganisation } from '../../db/seed/demo-people.ts'
import { makeDirectory } from '../../db/seed/directory.ts'
import { makeHistory } from '../../db/seed/history.ts'
import { seedDemo } from '../../db/seed/seed-demo.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { readCreditCode } from '../../subgraphs/shared/people/credit-code.ts'
import { readIdentityNumber } from '../../subgraphs/shared/people/identity-number.ts'
import { systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'

const now = new Date('2026-11-21T02:30:00Z')
const directory = makeDirectory()
const { mainHall, demoWindow } = directory

let scene: CasesScene
beforeAll(async () => {
  const crypto = createCrypto(generateSecretKeys())
  const seed = { crypto, now, demoPassword: 'demo-password' }
  scene = await openCasesScene({ crypto, seed: database => seedDemo({ database, ...seed }) })
  scene.clock.now = now
})
afterAll(() => scene.stop())

const signedIn = async (person: typeof demoCitizen): Promise<Viewer> => {
  const { openCitizenSession } = await scene.ask<{ openCitizenSession: string }>(
    systemViewer('citizen'),
    'mutation ($input: CitizenIdentityInput!) { openCitizenSession(input: $input) }',
    { input: { issuer: 'https://id.example', ...person } },
  )
  const { identify } = await scene.ask<{ identify: string }>(
    systemViewer('door'),
    'query ($credential: String!) { identify(credential: $credential) }',
    { credential: JSON.parse(openCitizenSession).token },
  )
  return JSON.parse(identify)
}

type Own = {
  caseNumber: string
  state: string
  outcome: string
  isAboveLegalLimit: boolean | null
  hall: { id: string }
}
const casesQuery =
  '{ serviceCases(first: 50) { edges { node { caseNumber state outcome isAboveLegalLimit hall { id } } } } }'
const ownCases = async (viewer: Viewer) => {
  const { serviceCases } = await scene.ask<{ serviceCases: { edges: { node: Own }[] } }>(viewer, casesQuery)
  return serviceCases.edges.map(({ node }) => node)
}

test('the people of the demo are nobody, and only their own cases carry their numbers', () => {
  expect(readIdentityNumber(demoCitizen.documentNumber, now).ok).toBe(true)
  expect(readIdentityNumber(demoAgent.documentNumber, now).ok).toBe(true)
  expect(readCreditCode(demoOrganisation.documentNumber)).toMatchObject({ ok: true, warnings: [] })
  const people = [demoCitizen, demoAgent, demoOrganisation]
  for (const { caseNumber, applicant } of makeHistory(directory, now).cases) {
    const isNumbered = people.some(({ documentNumber }) => documentNumber === applicant.documentNumber)
    const isPhoned = people.some(({ phone }) => phone === applicant.phone)
    const isOwn = caseNumber.startsWith('41010003')
    expect([caseNumber, isNumbered, isPhoned]).toEqual([caseNumber, isOwn, isOwn])
  }
})

test('the citizen finds cases that ended in every way, one that is overdue, all in the main hall and none rated', async () => {
  const cases = await ownCases(await signedIn(demoCitizen))
  expect(cases.map(({ state, outcome }) => `${state} ${outcome}`).sort()).toEqual([
    'ACCEPTED COMPLETED',
    'CLOSED COMPLETED',
    'CLOSED COMPLETED',
    'CLOSED COMPLETED',
    'CLOSED COMPLETED',
    'CLOSED REFUSED',
    'CLOSED RETURNED',
    'CLOSED WITHDRAWN',
  ])
  expect(cases.find(({ state }) => state === 'ACCEPTED')!.isAboveLegalLimit).toBe(true)
  expect(new Set(cases.map(({ hall }) => hall.id))).toEqual(new Set([mainHall.id]))
  const rated = await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query(
      `select e.id from evaluations.evaluations e join cases.case_keys k on k.case_id = e.case_id where k.case_number like '41010003%'`,
    ),
  )
  expect(rated).toEqual([])
})

test('the agent finds his own case, and those of the organisation once he acts for it', async () => {
  const agent = await signedIn(demoAgent)
  expect(await ownCases(agent)).toHaveLength(1)
  const { viewer } = await scene.ask<{ viewer: { mandates: { id: string; organisationName: string }[] } }>(
    agent,
    '{ viewer { mandates { id organisationName } } }',
  )
  expect(viewer.mandates.map(({ organisationName }) => organisationName)).toEqual([demoOrganisation.name])
  const { actFor } = await scene.ask<{ actFor: { viewer: { role: string } } }>(
    agent,
    `mutation { actFor(input: { mandateId: "${viewer.mandates[0]!.id}" }) { ... on ActForSuccess { viewer { role } } } }`,
  )
  expect(actFor.viewer.role).toBe('ORGANISATION_AGENT')
})

test('the main hall has devices in every state, the kiosk at the demo window, and some windows without', async () => {
  const supervisor: Viewer = {
    ...systemViewer('seed'),
    kind: 'STAFF',
    role: 'HALL_SUPERVISOR',
    scope: { reach: 'REGION', regionPath: mainHall.regionPath, hallId: mainHall.id },
  }
  type Device = { id: string; state: string; isOnline: boolean; name: string; records: { note: string }[] }
  const { devices, windowsWithoutDevice } = await scene.ask<{
    devices: { edges: { node: Device & { window: { number: string } } }[] }
    windowsWithoutDevice: { edges: { node: { number: string } }[] }
  }>(
    supervisor,
    `{ devices(first: 100) { edges { node { id name state isOnline window { number } records { note } } } }
       windowsWithoutDevice { edges { node { number } } } }`,
  )
  const rows = devices.edges.map(({ node }) => node)
  const count = (state: string) => rows.filter(row => row.state === state).length
  expect([rows[0]!.state, rows.at(-1)!.state]).toEqual(['FAULTY', 'RETIRED'])
  expect(['IN_SERVICE', 'FAULTY', 'IN_REPAIR', 'RETIRED'].map(count)).toEqual([32, 1, 1, 1])
  expect(rows.find(({ name }) => name === 'kiosk')).toMatchObject({
    window: { number: demoWindow.number },
    isOnline: false,
    records: [{ note: '登记启用' }],
  })
  expect(rows.find(({ window }) => window.number === 'A02')!.records).toHaveLength(4)
  expect(
    rows
      .filter(({ isOnline }) => !isOnline)
      .map(({ window }) => window.number)
      .sort(),
  ).toEqual(['A05', 'A06', 'B03', 'B05', 'C02', 'D01'])
  expect(windowsWithoutDevice.edges.map(({ node }) => node.number)).toEqual(
    expect.arrayContaining(['A04', 'B04', 'C02']),
  )
})

test('every region with departments names its management body', async () => {
  const [row] = await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query<{ missing: number; name: string }>(
      `select (select count(*)::int from cases.regions r where management_department_id is null
         and exists (select from cases.departments d where d.region_id = r.id)) as missing,
         (select d.name from cases.regions r join cases.departments d on d.id = r.management_department_id where r.code = '410100') as name`,
    ),
  )
  expect(row!.missing).toBe(0)
  expect(row!.name).toContain('郑州市')
})
