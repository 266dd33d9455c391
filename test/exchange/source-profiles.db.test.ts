import { parse } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inputOfMapping } from '../../subgraphs/exchange/domain/mapping-input.ts'
import { exchange } from '../../subgraphs/exchange/index.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import type { CryptoPort } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import type { SourceMapping } from '../../subgraphs/shared/hand-over/source-mapping.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Role, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'
import { handedOverRow, plainMapping, reversedMapping } from './source-mappings.ts'

let server: TestDatabase
let database: Database
let subgraph: ServableSubgraph
const quiet = { info() {}, warn() {}, error() {} }

beforeAll(async () => {
  server = await createTestDatabase()
  database = await openDatabase({ url: server.applicationUrl, entities: [], applicationName: 'test', poolSize: 10 })
  subgraph = await exchange.start({
    ...{ database, bus: createMemoryBus(), crypto: {} as CryptoPort, now: () => new Date('2026-11-20T02:00:00.000Z') },
    ...{ publicUrl: 'http://hub.test', picturesUrl: 'file:///tmp/hub-test-pictures', smsUrl: null, log: quiet },
    peer: () => {
      throw new Error('exchange asks no other subgraph')
    },
  })
  for (const [name, regionPath] of [
    ['CITY-A', '/410000/410100/'],
    ['CITY-A2', '/410000/410100/'],
    ['CITY-B', '/410000/410200/'],
  ]) {
    await database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
      tx.query(
        `insert into exchange.links (id, source_system, name, mode, state, region_id, region_path)
         values ($1, $2, $2, 'PER_SYSTEM', 'LIVE', $1, $3)`,
        [newId(), name, regionPath],
      ),
    )
  }
})
afterAll(async () => {
  await subgraph.stop()
  await database.close()
  await server.drop()
})

const staff = (role: Role, regionPath = '/410000/410100/'): Viewer => ({
  ...{ ...anonymousViewer, id: newId(), kind: 'STAFF', role, name: '主管甲' },
  scope: { reach: 'REGION', regionPath },
})
const body = staff('MANAGEMENT_BODY')

async function ask(viewer: Viewer, text: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await subgraph.execute({ document: parse(text), variables, viewer })
  if (errors) return { errors: errors.map(error => error.extensions?.code) }
  return JSON.parse(JSON.stringify(Object.values(data!)[0]))
}

const answer = `__typename
  ... on SaveSourceProfileSuccess { profile { sourceSystem version state savedByName } }
  ... on TestSourceProfileSuccess { profile { version state samples } }
  ... on ActivateSourceProfileSuccess { profile { version state } }
  ... on InvalidInput { problems { path code } } ... on UserError { code }`
const mutation = (name: string) => {
  const fragments = answer
    .split('\n')
    .filter(line => !line.includes('Success') || line.includes(`${name[0]!.toUpperCase()}${name.slice(1)}Success`))
  return `mutation M($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fragments.join('\n')} } }`
}
const save = (sourceSystem: string, mapping: SourceMapping, viewer = body) =>
  ask(viewer, mutation('saveSourceProfile'), { input: { sourceSystem, mapping: inputOfMapping(mapping) } })
const tryOn = (sourceSystem: string, version: number, samples: object[], viewer = body) =>
  ask(viewer, mutation('testSourceProfile'), { input: { sourceSystem, version, samples } })
const activate = (sourceSystem: string, version: number, viewer = body) =>
  ask(viewer, mutation('activateSourceProfile'), { input: { sourceSystem, version } })
const active = (sourceSystem: string, viewer: Viewer = systemViewer('rating-code')) =>
  ask(viewer, 'query A($s: String!) { activeSourceProfile(sourceSystem: $s) }', { s: sourceSystem })

/** What the source's own screen showed for each number: the truth that the profile has to meet. */
const samplesOf = (truth: Record<string, number>) =>
  Object.entries(truth).map(([level, expectedLevel]) => ({
    raw: JSON.stringify(handedOverRow({ level })),
    expectedLevel,
  }))
const fiveIsBest = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 }
const oneIsBest = { 1: 5, 2: 4, 3: 3, 4: 2, 5: 1 }

test('a profile is saved, tested and made active, and a later version takes its place', async () => {
  expect(await save('CITY-A', plainMapping)).toEqual({
    __typename: 'SaveSourceProfileSuccess',
    profile: { sourceSystem: 'CITY-A', version: 1, state: 'DRAFT', savedByName: '主管甲' },
  })
  expect(await active('CITY-A')).toBeNull()
  expect(await activate('CITY-A', 1)).toMatchObject({ problems: [{ path: 'version', code: 'PROFILE_NOT_TESTED' }] })
  expect(await tryOn('CITY-A', 1, samplesOf(fiveIsBest))).toMatchObject({ profile: { version: 1, state: 'TESTED' } })
  expect(await activate('CITY-A', 1)).toMatchObject({ profile: { version: 1, state: 'ACTIVE' } })
  expect(JSON.parse(await active('CITY-A'))).toEqual({ version: 1, mapping: plainMapping })

  await save('CITY-A', reversedMapping)
  expect(JSON.parse(await active('CITY-A'))).toMatchObject({ version: 1 })
  expect(await tryOn('CITY-A', 2, samplesOf({ 0: 5, 1: 4, 2: 3, 3: 2, 4: 1 }))).toMatchObject({
    profile: { state: 'TESTED' },
  })
  await activate('CITY-A', 2)
  expect(JSON.parse(await active('CITY-A'))).toEqual({ version: 2, mapping: reversedMapping })
  expect(await tryOn('CITY-A', 1, samplesOf(fiveIsBest))).toMatchObject({ problems: [{ code: 'PROFILE_NOT_DRAFT' }] })
  const list = await ask(
    body,
    '{ sourceProfiles { edges { node { sourceSystem version state mapping { levels { from to } } } } } }',
  )
  expect(
    list.edges.map(({ node }: { node: Record<string, unknown> }) => [node.sourceSystem, node.version, node.state]),
  ).toEqual([
    ['CITY-A', 2, 'ACTIVE'],
    ['CITY-A', 1, 'RETIRED'],
  ])
})

test('a direction taken the wrong way round does not pass its contract test, and nothing changes', async () => {
  const { profile } = await save('CITY-A2', plainMapping)
  const refused = await tryOn('CITY-A2', profile.version, samplesOf(oneIsBest))
  expect(refused).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT' })
  expect(refused.problems.map((fault: { path: string }) => fault.path)).toEqual(
    [0, 1, 3, 4].map(n => `samples.${n}.level`),
  )
  const middle = [{ raw: JSON.stringify(handedOverRow({ level: '3' })), expectedLevel: 3 }]
  expect(await tryOn('CITY-A2', profile.version, middle)).toMatchObject({
    problems: [{ path: 'samples', code: 'LEVEL_NOT_SHOWN' }],
  })
  expect(
    await tryOn('CITY-A2', profile.version, [...samplesOf(fiveIsBest), { raw: '[]', expectedLevel: 3 }]),
  ).toMatchObject({
    problems: [{ path: 'samples.5.raw', code: 'ROW_NOT_JSON' }],
  })
  const otherwise = samplesOf(fiveIsBest).map(sample => ({
    ...sample,
    expectedChannel: 'SMS',
    expectedEvaluatedAt: '2026-11-20T09:58:00.000Z',
  }))
  const differing = await tryOn('CITY-A2', profile.version, otherwise)
  expect(new Set(differing.problems.map((fault: { path: string }) => fault.path.split('.')[2]))).toEqual(
    new Set(['channel', 'evaluatedAt']),
  )
  expect(await activate('CITY-A2', profile.version)).toMatchObject({ __typename: 'InvalidInput' })
  expect(await active('CITY-A2')).toBeNull()
})

test('only management bodies of the place declare a source, and only the hub asks what holds', async () => {
  for (const role of ['DEPARTMENT_HANDLER', 'HALL_SUPERVISOR', 'AUDITOR', 'ANALYST'] as const) {
    expect(await save('CITY-A2', plainMapping, staff(role))).toEqual({
      __typename: 'NotPermitted',
      code: 'NOT_PERMITTED',
    })
    expect(await tryOn('CITY-A2', 1, [], staff(role))).toMatchObject({ __typename: 'NotPermitted' })
    expect(await activate('CITY-A2', 1, staff(role))).toMatchObject({ __typename: 'NotPermitted' })
  }
  const unknown = {
    __typename: 'InvalidInput',
    code: 'INVALID_INPUT',
    problems: [{ path: 'sourceSystem', code: 'SOURCE_UNKNOWN' }],
  }
  expect(await save('CITY-B', plainMapping)).toEqual(unknown)
  expect(await save('NOBODY', plainMapping)).toEqual(unknown)
  const otherCity = staff('MANAGEMENT_BODY', '/410000/410200/')
  expect(await activate('CITY-A', 1, otherCity)).toMatchObject({ problems: [{ code: 'PROFILE_UNKNOWN' }] })
  const one = 'query P($s: String!) { sourceProfile(sourceSystem: $s) { version } }'
  expect(await ask(otherCity, one, { s: 'CITY-A' })).toBeNull()
  expect(await ask(staff('WINDOW_STAFF'), one, { s: 'CITY-A' })).toBeNull()
  expect(await ask(body, one, { s: 'CITY-A' })).toEqual({ version: 2 })
  expect(await ask(otherCity, '{ sourceProfiles { edges { node { version } } } }')).toEqual({ edges: [] })
  expect(await ask(anonymousViewer, '{ sourceProfiles { edges { node { version } } } }')).toEqual({
    errors: ['UNAUTHENTICATED'],
  })
  expect(await active('CITY-A', body)).toEqual({ errors: ['NOT_PERMITTED'] })
})

test('of versions saved at the same moment each has its own number', async () => {
  const saved = await Promise.all(
    Array.from({ length: 5 }, () => save('CITY-B', plainMapping, staff('PROVINCIAL_BUREAU', '/410000/'))),
  )
  expect(saved.map(({ profile }) => profile.version).sort()).toEqual([1, 2, 3, 4, 5])
})
