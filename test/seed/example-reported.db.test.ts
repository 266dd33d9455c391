import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClientKey } from '../../db/seed/clients.ts'
import { makeExampleRows } from '../../db/seed/example/example-rows.ts'
import { seedDemo } from '../../db/seed/seed-demo.ts'
import { identify } from '../../subgraphs/cases/actions/identify.ts'
import { reportCases } from '../../subgraphs/cases/actions/report-cases.ts'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import { systemViewer } from '../../subgraphs/shared/viewer.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'

const now = () => new Date('2026-11-21T02:30:00Z')
const crypto = createCrypto(generateSecretKeys())
let server: TestDatabase
let database: Database
let clientKeys: ClientKey[]

beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test' })
  const seeded = await seedDemo({ database, crypto, now: now(), demoPassword: 'demo-password' })
  clientKeys = seeded.clientKeys!
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

async function reportExample() {
  const { key } = clientKeys.find(({ name }) => name === 'window-system')!
  const viewer = await identify({ database, crypto, now, viewer: systemViewer('sign-in') }, key)
  const text = await readFile(new URL('../../db/seed/example/cases.ndjson', import.meta.url), 'utf8')
  const rows: CaseReportRow[] = text
    .trimEnd()
    .split('\n')
    // As the graph fills in what the file leaves out.
    .map(line => ({ outcome: '1', ...JSON.parse(line) }))
  const halves = [rows.slice(0, 500), rows.slice(500)]
  const answers = []
  for (const half of halves) answers.push(await reportCases({ database, crypto, now, viewer: viewer! }, half))
  return answers.flatMap(answer => ('outcomes' in answer ? answer.outcomes : []))
}

test('the window system’s key hands the example in: 950 rows are taken, each of the others is refused for its own fault', async () => {
  const outcomes = await reportExample()
  const found = new Map<string, number>()
  for (const [i, { oddity }] of makeExampleRows().entries()) {
    const { outcome, problems, warnings } = outcomes[i]!
    const codes = [...problems, ...warnings].map(({ path, code }) => `${path} ${code}`).join(', ')
    const line = `${oddity?.name ?? 'sound'}: ${outcome} ${codes}`.trim()
    found.set(line, (found.get(line) ?? 0) + 1)
  }
  expect(Object.fromEntries(found)).toEqual({
    'sound: CREATED': 920,
    'CASE_NUMBER_OF_24: CREATED caseNumber CASE_NUMBER_LONGER_THAN_EXCHANGE': 14,
    'NO_BLANK_IN_TIME: CREATED': 12,
    'CREDIT_CODE_CHECKSUM: CREATED documentNumber CREDIT_CODE_CHECKSUM_FAILS': 4,
    'SECOND_74: REJECTED acceptedAt SECONDS_OUT_OF_RANGE': 8,
    'MATTER_UNKNOWN: REJECTED serviceCode MATTER_UNKNOWN': 8,
    'REGION_OF_ANOTHER_PROVINCE: REJECTED regionCode CASE_OUT_OF_SCOPE': 6,
    'IDENTITY_CHECK_DIGIT: REJECTED documentNumber IDENTITY_NUMBER_CHECK_DIGIT': 6,
    'REGION_OUT_OF_SCOPE: REJECTED regionCode CASE_OUT_OF_SCOPE': 5,
    'FEBRUARY_31: REJECTED acceptedAt DATE_NOT_REAL': 5,
    'APPLICANT_NAME_MISSING: REJECTED applicantName MISSING': 5,
    'CLOSED_WITHOUT_TIME: REJECTED closedAt CLOSED_AT_MISSING': 4,
    'STATE_UNKNOWN: REJECTED state CODE_UNKNOWN': 2,
    'WINDOW_UNKNOWN: REJECTED windowNumber WINDOW_UNKNOWN': 1,
  })
  const again = await reportExample()
  expect(again.filter(({ outcome }) => outcome === 'UNCHANGED').length).toBe(950)
})
