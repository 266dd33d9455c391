import { createHash } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDirectory } from '../../db/seed/directory.ts'
import { type DemoSeedResult, seedDemo } from '../../db/seed/seed-demo.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import type { Scope } from '../../subgraphs/shared/viewer.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'

const now = new Date('2026-11-21T02:30:00Z')
const crypto = createCrypto(generateSecretKeys())
let server: TestDatabase
let database: Database
let first: DemoSeedResult

const seed = (demoPassword: string, onto = database) => seedDemo({ database: onto, crypto, now, demoPassword })
const all = <Row extends object>(sql: string, parameters: unknown[] = []) =>
  database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx => tx.query<Row>(sql, parameters))

beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test' })
  first = await seed('first-password')
})
afterAll(async () => {
  await database.close()
  await server.drop()
})

test('every role that signs in has a demo account with the demo password', async () => {
  const accounts = await all<{ name: string; role: string; password_hash: string; must_change_password: boolean }>(
    'select name, role, password_hash, must_change_password from cases.accounts where is_demo order by name',
  )
  expect(accounts.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'agent ORGANISATION_AGENT',
    'analyst ANALYST',
    'auditor AUDITOR',
    'checker QUALITY_CHECKER',
    'citizen CITIZEN',
    'city MANAGEMENT_BODY',
    'county MANAGEMENT_BODY',
    'handler DEPARTMENT_HANDLER',
    'hotline HOTLINE_OPERATOR',
    'inviter PHONE_INVITER',
    'liaison LIAISON',
    'province PROVINCIAL_BUREAU',
    'supervisor HALL_SUPERVISOR',
    'window WINDOW_STAFF',
  ])
  expect(accounts.filter(account => account.must_change_password)).toEqual([])
  expect(await verify(accounts[0]!.password_hash, 'first-password')).toBe(true)
})

test('clients are found by the hashes of the keys that were handed out', async () => {
  expect(first.clientKeys!.map(({ name, key }) => `${name} ${key.slice(0, 6)} ${key.length}`)).toEqual([
    'window-system hub_k_ 49',
    'frontend hub_k_ 49',
    'kiosk hub_d_ 49',
  ])
  const hashes = first.clientKeys!.map(({ key }) => createHash('sha256').update(key).digest())
  const found = await all(
    'select name, role, source_system from cases.api_clients where key_hash = any($1) order by name',
    [hashes],
  )
  expect(found).toEqual([
    { name: 'frontend', role: 'FRONTEND_CLIENT', source_system: null },
    { name: 'kiosk', role: 'DEVICE', source_system: null },
    { name: 'window-system', role: 'INTEGRATION_CLIENT', source_system: 'ZZ-ZWZX' },
  ])
})

const counted = `
  select (select count(*) from cases.regions)::int as regions, (select count(*) from cases.departments)::int as departments,
    (select count(*) from cases.halls)::int as halls, (select count(*) from cases.windows)::int as windows,
    (select count(*) from cases.staff_members)::int as staff, (select count(*) from cases.service_matters)::int as matters,
    (select count(*) from cases.case_keys)::int as keys, (select count(*) from cases.service_cases)::int as cases,
    (select count(*) from cases.case_applicants)::int as applicants,
    (select count(*) from evaluations.rateable_cases)::int as rateable,
    (select count(*) from evaluations.evaluations)::int as ratings,
    (select count(*) from evaluations.evaluation_keys)::int as rating_keys,
    (select count(*) from evaluations.evaluation_people)::int as people,
    (select count(*) from evaluations.evaluation_receipts)::int as receipts,
    (select count(*) from workflow.negative_reviews)::int as reviews,
    (select count(*) from workflow.deadlines)::int as deadlines, (select count(*) from exchange.links)::int as links,
    (select count(*) from exchange.case_origins)::int as origins,
    (select count(*) from cases.devices)::int as devices, (select count(*) from cases.agent_mandates)::int as mandates`

test('every table is filled, every projection complete', async () => {
  expect(await all(counted)).toEqual([
    {
      regions: 199,
      departments: 258,
      halls: 59,
      windows: 274,
      staff: 536,
      matters: 457,
      keys: 5286,
      cases: 5286,
      applicants: 5286,
      rateable: 5286,
      ratings: 3381,
      rating_keys: 3381,
      people: 3381,
      receipts: 3381,
      reviews: 34,
      deadlines: 75,
      links: 24,
      origins: 5286,
      devices: 35,
      mandates: 1,
    },
  ])
})

test('a row lies where its case lies, in all four schemas', async () => {
  const placement = 'region_path, department_id, line_id, hall_id, window_id, staff_member_id'
  const strays = (table: string, id: string) =>
    all(`select ${id}, ${placement} from ${table} except select id, ${placement} from cases.service_cases`)
  expect(await strays('cases.case_applicants', 'case_id')).toEqual([])
  expect(await strays('evaluations.rateable_cases', 'case_id')).toEqual([])
  expect(await strays('evaluations.evaluations', 'case_id')).toEqual([])
  expect(await strays('workflow.negative_reviews', 'case_id')).toEqual([])
  const otherCity = await all(`
    select c.id from cases.service_cases c join cases.regions r on r.code = c.city_code
    where not starts_with(c.region_path, r.region_path)`)
  expect(otherCity).toEqual([])
})

test('people are sealed and masked; the seal opens, the phone is found by its hash', async () => {
  const [row] = await all<{ phone_sealed: Buffer; phone_hash: string; masked_phone: string; masked_name: string }>(
    'select phone_sealed, phone_hash, masked_phone, masked_name from cases.case_applicants order by case_id limit 1',
  )
  const phone = crypto.open('cases.case_applicants.phone_sealed', row!.phone_sealed)
  expect(phone).toMatch(/^19900\d{6}$/)
  expect(row).toMatchObject({
    phone_hash: crypto.lookupHash('PHONE', phone),
    masked_phone: `199****${phone.slice(-4)}`,
  })
  expect(row!.masked_name).toMatch(/^.\*+$/)
})

test('a supervisor sees his hall’s open ones, a county nothing of it', async () => {
  const { mainHall } = makeDirectory()
  const openIn = (scope: Scope) =>
    database.inScope(scope, async tx => {
      const [row] = await tx.query<{ count: number }>(
        `select count(*)::int as count from workflow.negative_reviews where state not in ('CLOSED', 'INVALID')`,
      )
      return row!.count
    })
  expect(await openIn({ reach: 'REGION', regionPath: mainHall.regionPath, hallId: mainHall.id })).toBe(10)
  expect(await openIn({ reach: 'REGION', regionPath: `${mainHall.regionPath}410105/` })).toBe(2)
  expect(await openIn({ reach: 'REGION', regionPath: '/410000/410181/' })).toBe(1)
})

test('history is nobody’s news: no fact is in any outbox', async () => {
  for (const schema of ['cases', 'evaluations', 'workflow', 'exchange']) {
    expect(await all(`select id from ${schema}.outbox`)).toEqual([])
  }
})

test('seeding again does nothing', async () => {
  const before = await all(counted)
  const hashes = await all('select name, password_hash from cases.accounts order by name')
  expect(await seed('first-password')).toEqual({ seeded: false })
  expect(await all(counted)).toEqual(before)
  expect(await all('select name, password_hash from cases.accounts order by name')).toEqual(hashes)
})

test('two databases get the same ids', async () => {
  const otherServer = await createTestDatabase()
  const other = await openDatabase({ url: otherServer.applicationUrl, entities: [], applicationName: 'test' })
  await seed('another-password', other)
  for (const table of [
    'cases.regions',
    'cases.windows',
    'cases.staff_members',
    'cases.accounts',
    'cases.api_clients',
    'cases.devices',
    'cases.device_records',
    'cases.agent_mandates',
    'cases.service_cases',
    'evaluations.evaluations',
    'evaluations.static_codes',
    'workflow.negative_reviews',
    'workflow.deadlines',
    'exchange.links',
  ]) {
    const ids = `select md5(string_agg(id::text, ' ' order by id)) as digest from ${table}`
    const there = await other.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx => tx.query(ids))
    expect([table, await all(ids)]).toEqual([table, there])
  }
  await other.close()
  await otherServer.drop()
})

test('two copies that start at once seed once', async () => {
  const otherServer = await createTestDatabase()
  const open = () => openDatabase({ url: otherServer.applicationUrl, entities: [], applicationName: 'test' })
  const copies = [await open(), await open()]
  const results = await Promise.all(copies.map(copy => seed('some-password', copy)))
  expect(results.map(({ seeded }) => seeded).sort()).toEqual([false, true])
  for (const copy of copies) await copy.close()
  await otherServer.drop()
})

test('when keys cannot be kept, nothing was written', async () => {
  const otherServer = await createTestDatabase()
  const other = await openDatabase({ url: otherServer.applicationUrl, entities: [], applicationName: 'test' })
  const keepClientKeys = () => Promise.reject(new Error('disk full'))
  const attempt = seedDemo({ database: other, crypto, now, demoPassword: 'some-password', keepClientKeys })
  await expect(attempt).rejects.toThrow('disk full')
  const left = await other.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query('select id from cases.regions'),
  )
  expect(left).toEqual([])
  await other.close()
  await otherServer.drop()
})

test('another DEMO_PASSWORD is taken over by all demo accounts and ends their sessions', async () => {
  const [account] = await all<{ id: string }>(`select id from cases.accounts where name = 'supervisor'`)
  await all(
    `insert into cases.sessions (id, token_hash, account_id, created_at, expires_at) values ($1, '\\x01', $1, $2, $3)`,
    [account!.id, now, new Date(now.getTime() + 1000)],
  )
  expect(await seed('second-password')).toEqual({ seeded: false })
  const hashes = await all<{ password_hash: string }>('select distinct password_hash from cases.accounts')
  expect(hashes.length).toBe(1)
  expect(await verify(hashes[0]!.password_hash, 'second-password')).toBe(true)
  expect(await all('select ended_at from cases.sessions')).toEqual([{ ended_at: now }])
})
