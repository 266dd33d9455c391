import { createHash } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoSeedResult, seedDemo } from '../../db/seed/seed-demo.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
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
