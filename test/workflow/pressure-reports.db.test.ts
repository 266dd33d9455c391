import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { workflow } from '../../subgraphs/workflow/index.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'
import { askSubgraph, city, county, managementBodyOf, placementAt, staff } from './workflow-scene.ts'

/** What evaluations would answer of each receipt number; its own answer is tried with the whole hub. */
const placements = new Map<string, object>()
let server: TestDatabase
let database: Database
let subgraph: ServableSubgraph
beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({
    url: server.applicationUrl,
    entities: workflow.entities,
    applicationName: 'test-pressure',
  })
  const quiet = () => {}
  const evaluations = {
    name: 'evaluations',
    async execute({ variables, viewer }) {
      if (viewer.kind !== 'SYSTEM') throw new Error('asked as somebody else than the hub')
      const found = placements.get(String(variables?.receiptNumber))
      return { data: { ratedPlacement: found ? JSON.stringify(found) : null } }
    },
  } as Pick<Subgraph, 'name' | 'execute'> as Subgraph
  subgraph = await workflow.start({
    database,
    bus: createMemoryBus(),
    crypto: createCrypto(generateSecretKeys()),
    now: () => new Date('2026-11-21T02:00:00.000Z'),
    log: { info: quiet, warn: quiet, error: quiet },
    publicUrl: 'http://hub.test',
    picturesUrl: 'file:///tmp/hub-test-pictures',
    smsUrl: null,
    peer: () => evaluations,
  })
})
afterAll(async () => {
  await subgraph.stop()
  await database.close()
  await server.drop()
})

/** A rating with a receipt, somewhere in a county. */
function receiptAt(regionPath: string): string {
  const receiptNumber = `K7QX-${placements.size}`
  const { departmentId } = placementAt(regionPath)
  placements.set(receiptNumber, {
    evaluationId: newId(),
    caseId: newId(),
    cityCode: '410100',
    regionPath,
    departmentId,
  })
  return receiptNumber
}

async function report(input: object) {
  const { data, codes } = await askSubgraph<{ reportPressure: Record<string, unknown> & { reportNumber: string } }>(
    subgraph,
    anonymousViewer,
    `mutation Report($input: ReportPressureInput!) {
      reportPressure(input: $input) {
        __typename
        ... on UserError { code }
        ... on InvalidReport { problems { path code message messageEnglish } }
        ... on ReportPressureSuccess { reportNumber reportedAt }
      }
    }`,
    { input },
  )
  expect(codes).toEqual([])
  return data.reportPressure
}

const reportsOf = (viewer: Viewer, parameters = '') =>
  askSubgraph<{
    pressureReports: {
      edges: { node: { reportNumber: string } }[]
      pageInfo: { hasNextPage: boolean; endCursor: string }
    }
  }>(
    subgraph,
    viewer,
    `{ pressureReports${parameters} { edges { node { reportNumber kind text contactPhone reportedAt evaluation { id } department { id } } } pageInfo { hasNextPage endCursor } } }`,
  )

async function storedText(): Promise<string> {
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  // The row as text carries its bytes as hexadecimal digits.
  const { rows } = await owner.query('select p::text as row from workflow.pressure_reports p')
  await owner.end()
  return JSON.stringify(rows)
}

test('a report gets a number that can be read out, and bureau and management body of the region read it', async () => {
  const receiptNumber = receiptAt(county)
  const answer = await report({
    receiptNumber,
    kind: 'PRESSURE',
    text: '  窗口人员要求我把差评改成好评\r\n  ',
    contactPhone: '138 0000 0001',
  })
  expect(answer).toEqual({
    __typename: 'ReportPressureSuccess',
    reportNumber: expect.stringMatching(/^JB-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
    reportedAt: '2026-11-21T02:00:00.000Z',
  })
  const { evaluationId, departmentId } = placements.get(receiptNumber) as { evaluationId: string; departmentId: string }
  const bureau = staff('PROVINCIAL_BUREAU', { reach: 'REGION', regionPath: '/410000/' })
  for (const viewer of [managementBodyOf(county), managementBodyOf(city), bureau]) {
    const { data } = await reportsOf(viewer)
    expect(data.pressureReports.edges.map(({ node }) => node)).toEqual([
      {
        reportNumber: answer.reportNumber,
        kind: 'PRESSURE',
        text: '窗口人员要求我把差评改成好评',
        contactPhone: '13800000001',
        reportedAt: '2026-11-21T02:00:00.000Z',
        evaluation: { id: evaluationId },
        department: { id: departmentId },
      },
    ])
  }
  expect((await reportsOf(managementBodyOf('/410000/410200/'))).data.pressureReports.edges).toEqual([])
})

test('text and contact lie sealed in the table', async () => {
  await report({
    receiptNumber: receiptAt('/410000/410300/'),
    kind: 'RETALIATION',
    text: '评价之后被反复刁难',
    contactPhone: '13800000002',
  })
  const stored = await storedText()
  for (const secret of [
    '刁难',
    '13800000002',
    Buffer.from('刁难').toString('hex'),
    Buffer.from('13800000002').toString('hex'),
  ]) {
    expect(stored).not.toContain(secret)
  }
})

test('the same report again is answered with the same number, another one with another', async () => {
  const receiptNumber = receiptAt('/410000/410400/')
  const input = { receiptNumber, kind: 'INDUCEMENT', text: '给好评送小礼品' }
  const first = await report(input)
  expect(await report(input)).toEqual(first)
  expect((await report({ ...input, text: '给好评送小礼品，不给就不送' })).reportNumber).not.toBe(first.reportNumber)
  expect((await reportsOf(managementBodyOf('/410000/410400/'))).data.pressureReports.edges).toHaveLength(2)
})

test('a report that is too short or has no phone number is refused field by field, and an unknown receipt as such; nothing is kept', async () => {
  const before = await storedText()
  const receiptNumber = receiptAt(county)
  expect(await report({ receiptNumber, kind: 'PRESSURE', text: ' 被迫 ', contactPhone: '12345' })).toEqual({
    __typename: 'InvalidReport',
    code: 'INVALID_REPORT',
    problems: [
      {
        path: 'text',
        code: 'TEXT_TOO_SHORT',
        message: '经过请写 5 至 1000 字，现有 2 字',
        messageEnglish: 'what happened takes 5 to 1000 characters, it has 2',
      },
      expect.objectContaining({ path: 'contactPhone', code: 'PHONE_NOT_A_NUMBER_IN_USE' }),
    ],
  })
  expect(await report({ receiptNumber, kind: 'PRESSURE', text: '好'.repeat(1001) })).toMatchObject({
    problems: [{ code: 'TEXT_TOO_LONG' }],
  })
  expect(await report({ receiptNumber: 'K7QX-unknown', kind: 'PRESSURE', text: '被要求改评价' })).toEqual({
    __typename: 'ReceiptUnknown',
    code: 'RECEIPT_UNKNOWN',
  })
  expect(await storedText()).toBe(before)
})

test('the unit, its staff, its hall and whoever else gets no report, not even as the management body of one department', async () => {
  const scope = { reach: 'REGION', regionPath: city } as const
  const roles = [
    'DEPARTMENT_HANDLER',
    'HALL_SUPERVISOR',
    'WINDOW_STAFF',
    'ANALYST',
    'AUDITOR',
    'QUALITY_CHECKER',
    'INTEGRATION_CLIENT',
    'DEVICE',
  ] as const
  const narrowed = staff('MANAGEMENT_BODY', { ...scope, departmentId: newId() })
  for (const viewer of [...roles.map(role => staff(role, scope)), narrowed]) {
    expect((await reportsOf(viewer)).codes).toEqual(['NOT_PERMITTED'])
  }
  expect((await reportsOf(anonymousViewer)).codes).toEqual(['UNAUTHENTICATED'])
})

test('the table itself gives a narrowed scope no row', async () => {
  const count = (scope: Viewer['scope']) =>
    database.inScope(scope, tx =>
      tx.query<{ count: number }>('select count(*)::int as count from workflow.pressure_reports'),
    )
  const [whole] = await count({ reach: 'REGION', regionPath: '/410000/' })
  expect(whole!.count).toBeGreaterThan(0)
  const { departmentId } = [...placements.values()][0] as { departmentId: string }
  expect(await count({ reach: 'REGION', regionPath: '/410000/', departmentId })).toEqual([{ count: 0 }])
})

test('pages follow one another without a gap', async () => {
  const regionPath = '/410000/410500/'
  const receiptNumber = receiptAt(regionPath)
  const numbers: string[] = []
  for (const text of ['第一次被要求改', '第二次被要求改', '第三次被要求改'])
    numbers.push((await report({ receiptNumber, kind: 'PRESSURE', text })).reportNumber)
  const first = (await reportsOf(managementBodyOf(regionPath), '(first: 2)')).data.pressureReports
  expect(first.pageInfo.hasNextPage).toBe(true)
  const second = (await reportsOf(managementBodyOf(regionPath), `(first: 2, after: "${first.pageInfo.endCursor}")`))
    .data.pressureReports
  expect(second.pageInfo.hasNextPage).toBe(false)
  const seen = [...first.edges, ...second.edges].map(({ node }) => node.reportNumber)
  expect(seen.sort()).toEqual(numbers.sort())
  expect((await reportsOf(managementBodyOf(regionPath), '(after: "x")')).codes).toEqual(['BAD_CURSOR'])
})
