import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDirectory } from '../../db/seed/directory.ts'
import { seedDemo } from '../../db/seed/seed-demo.ts'
import { subjectFacts } from '../../subgraphs/cases/store/static-code-subject-query.ts'
import { readPrintedId } from '../../subgraphs/evaluations/domain/static-code-id.ts'
import { scanDrop } from '../../subgraphs/evaluations/domain/static-code-scans.ts'
import { scansOfCodes } from '../../subgraphs/evaluations/store/code-scans.ts'
import { staticCodesPage } from '../../subgraphs/evaluations/store/static-code-queries.ts'
import { calendarOf } from '../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { shanghaiDay } from '../../subgraphs/shared/clock/shanghai-day.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase, type Transaction } from '../../subgraphs/shared/database.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'

const now = new Date('2026-11-20T02:30:00Z')
let server: TestDatabase
let database: Database
beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test' })
  await seedDemo({ database, crypto: createCrypto(generateSecretKeys()), now, demoPassword: 'some-password' })
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

const everywhere = <T>(work: (tx: Transaction) => Promise<T>) =>
  database.inScope({ reach: 'EVERYTHING', name: 'seed' }, work)
const everyKind = { state: null, subjectKind: null, hallId: null, departmentId: null, search: null }
const allCodes = () => everywhere(tx => staticCodesPage(tx, everyKind, null, 100))

test('the demo has codes of every kind and state, each with an id that can be read', async () => {
  const codes = await allCodes()
  const kinds = Map.groupBy(codes, ({ subjectKind, state }) => `${subjectKind} ${state}`)
  expect(Object.fromEntries([...kinds].map(([kind, { length }]) => [kind, length]))).toEqual({
    'HALL ACTIVE': 4,
    'HALL RETIRED': 1,
    'STAFF_MEMBER ACTIVE': 10,
    'STAFF_MEMBER REQUESTED': 2,
    'PROVINCE ACTIVE': 1,
    'PLATFORM ACTIVE': 1,
  })
  for (const { printedId } of codes) expect(readPrintedId(printedId)).toBe(printedId)
})

test('each says what the directory says of its subject', async () => {
  for (const code of await allCodes()) {
    const { subjectKind, subjectId, placement, ...rest } = code
    const facts = await everywhere(tx => subjectFacts(tx, subjectKind, subjectId))
    const { cityCode, policyId, regionName, departmentName, hallName, windowNumber, staffNumber, staffName } = rest
    const told = { cityCode, policyId, regionName, departmentName, hallName, windowNumber, staffNumber, staffName }
    expect({ subjectKind, subjectId, ...told, ...placement }).toEqual(facts)
  }
})

test('coverage counts the codes in use', async () => {
  const strays = await everywhere(tx =>
    tx.query(`
      select subject_kind, subject_id, count(*)::int as n from evaluations.static_codes where state = 'ACTIVE' group by 1, 2
      except select subject_kind, subject_id, active_count from cases.static_code_coverage`),
  )
  expect(strays).toEqual([])
})

test('every region has a management body, its own or the nearest above', async () => {
  const rows = await everywhere(tx =>
    tx.query<{ path: string; body: string | null }>(
      `select r.region_path as path, d.region_path as body from cases.regions r
       left join cases.departments d on d.id = r.management_department_id`,
    ),
  )
  const own = new Set(makeDirectory().departments.map(({ regionPath }) => regionPath))
  for (const { path, body } of rows) {
    const nearest = [...own].filter(each => path.startsWith(each)).sort((a, b) => b.length - a.length)[0]
    expect([path, body]).toEqual([path, nearest])
  }
})

test('one code of the main hall fell silent, and it alone is suspected', async () => {
  const codes = (await allCodes()).filter(({ state }) => state === 'ACTIVE')
  const scans = await everywhere(tx =>
    scansOfCodes(
      tx,
      codes.map(({ id }) => id),
      '2026-01-01',
    ),
  )
  const calendar = calendarOf(calendarDaysFromChineseDays([2026]))
  const suspected = codes.filter(({ id }) => scanDrop(scans.get(id) ?? [], shanghaiDay(now), calendar))
  expect(suspected.map(({ subjectKind, hallName }) => [subjectKind, hallName])).toEqual([
    ['HALL', '郑州市政务服务中心'],
  ])
})
