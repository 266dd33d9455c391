import { parse } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cases as casesModule } from '../../subgraphs/cases/index.ts'
import { evaluations as evaluationsModule } from '../../subgraphs/evaluations/index.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import type { SubgraphDependencies } from '../../subgraphs/shared/module.ts'
import type { SubgraphName } from '../../subgraphs/shared/subgraph.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { workflow as workflowModule } from '../../subgraphs/workflow/index.ts'
import { regionPaths, seedSmallDirectory, smallDirectory } from '../kit/small-directory.ts'
import { createTestDatabase, type TestDatabase } from '../kit/test-database.ts'
import { managementBodyOf, staff } from './workflow-scene.ts'

let server: TestDatabase
let database: Database
const subgraphs = new Map<SubgraphName, ServableSubgraph>()
beforeAll(async () => {
  server = await createTestDatabase()
  const modules = [casesModule, evaluationsModule, workflowModule]
  const entities = modules.flatMap(module => module.entities)
  database = await openDatabase({
    url: server.applicationUrl,
    entities,
    applicationName: 'test-opinions',
    poolSize: 25,
  })
  await seedSmallDirectory(database)
  const quiet = () => {}
  const dependencies: SubgraphDependencies = {
    ...{ database, bus: createMemoryBus(), crypto: createCrypto(generateSecretKeys()) },
    ...{ now: () => new Date('2026-11-21T02:00:00.000Z'), log: { info: quiet, warn: quiet, error: quiet } },
    ...{ publicUrl: 'http://hub.test', picturesUrl: 'file:///tmp/hub-test-pictures', smsUrl: null },
    peer: name => subgraphs.get(name)!,
  }
  for (const module of modules) subgraphs.set(module.name, await module.start(dependencies))
})
afterAll(async () => {
  for (const subgraph of [...subgraphs.values()].reverse()) await subgraph.stop()
  await database.close()
  await server.drop()
})

async function ask(name: SubgraphName, viewer: Viewer, text: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await subgraphs.get(name)!.execute({ document: parse(text), variables, viewer })
  if (errors) return { errors: errors.map(error => error.extensions?.code) }
  return JSON.parse(JSON.stringify(Object.values(data!)[0]))
}

const { halls, departments } = smallDirectory
const bodyA = managementBodyOf(regionPaths.cityA)
const bodyB = managementBodyOf(regionPaths.cityB)
const supervisorA = staff('HALL_SUPERVISOR', { reach: 'REGION', regionPath: regionPaths.cityA, hallId: halls.hallA })
const handler = staff('DEPARTMENT_HANDLER', {
  ...{ reach: 'REGION', regionPath: regionPaths.cityA, departmentId: departments.socialSecurityA },
})

const fields =
  'id opinionNumber source state receivedOn text evidence contact department { id } hall { id } recordedByName settlement settledByName'
const recording = `mutation R($input: RecordOfflineOpinionInput!) { recordOfflineOpinion(input: $input) {
  __typename ... on RecordOfflineOpinionSuccess { opinion { ${fields} } } ... on InvalidInput { problems { path code } } ... on UserError { code } } }`
const settling = `mutation S($input: SettleOfflineOpinionInput!) { settleOfflineOpinion(input: $input) {
  __typename ... on SettleOfflineOpinionSuccess { opinion { ${fields} } } ... on InvalidInput { problems { path code } } ... on UserError { code } } }`
const list = `query L($filter: OfflineOpinionFilter, $first: Int, $after: String) {
  offlineOpinions(filter: $filter, first: $first, after: $after) { edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`

const opinion = {
  source: 'OPINION_BOX',
  receivedOn: '2026-11-20',
  text: '窗口应设老花镜',
  evidence: '意见箱3号，原件在档案柜',
  contact: '13800000000',
}
const record = (viewer: Viewer, facts: object = {}) =>
  ask('workflow', viewer, recording, { input: { ...opinion, ...facts } })
type Listed = { edges: { node: Record<string, unknown> }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
const numbers = async (viewer: Viewer, variables: object = {}) =>
  ((await ask('workflow', viewer, list, { ...variables })) as Listed).edges.map(({ node }) => node.opinionNumber)

test('an opinion is entered with source and evidence, gets a number, and is answered once', async () => {
  const { opinion: kept } = await record(supervisorA, { text: '窗口应设\u0000老花镜\u202e' })
  expect(kept).toMatchObject({
    ...{ source: 'OPINION_BOX', state: 'RECEIVED', receivedOn: '2026-11-20', text: '窗口应设老花镜', contact: null },
    ...{ evidence: '意见箱3号，原件在档案柜', hall: { id: halls.hallA }, recordedByName: supervisorA.name },
  })
  expect(kept.opinionNumber).toMatch(/^XXYJ-20261121-\d{6}$/)
  const input = { id: kept.id, state: 'ANSWERED', note: '已在三个窗口配老花镜' }
  expect(await ask('workflow', supervisorA, settling, { input })).toEqual({
    __typename: 'NotPermitted',
    code: 'NOT_PERMITTED',
  })
  expect(await ask('workflow', bodyB, settling, { input })).toMatchObject({
    problems: [{ path: 'id', code: 'OPINION_NOT_WAITING' }],
  })
  const answered = await ask('workflow', bodyA, settling, { input })
  expect(answered.opinion).toMatchObject({
    state: 'ANSWERED',
    settlement: '已在三个窗口配老花镜',
    contact: '13800000000',
  })
  expect(await ask('workflow', bodyA, settling, { input: { ...input, state: 'CLOSED' } })).toMatchObject({
    problems: [{ path: 'id', code: 'OPINION_NOT_WAITING' }],
  })
  const [row] = await database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query<{ sealed: Buffer }>('select contact_sealed as sealed from workflow.offline_opinions where id = $1', [
      kept.id,
    ]),
  )
  expect(row!.sealed.toString('utf8')).not.toContain('13800000000')
})

test('it lies with the unit it is about, and is seen in that scope alone', async () => {
  const { opinion: kept } = await record(bodyA, {
    source: 'FORUM',
    departmentId: departments.socialSecurityA,
    hallId: null,
  })
  expect(kept).toMatchObject({ department: { id: departments.socialSecurityA }, hall: null })
  expect(await numbers(handler)).toEqual([kept.opinionNumber])
  expect(await numbers(bodyB)).toEqual([])
  expect(await numbers(bodyA, { filter: { source: 'FORUM' } })).toEqual([kept.opinionNumber])
  expect(await numbers(bodyA, { filter: { state: 'CLOSED' } })).toEqual([])
  expect(await numbers(staff('WINDOW_STAFF', bodyA.scope))).toEqual([])
  expect(await ask('workflow', handler, list)).toMatchObject({ edges: [{ node: { contact: null } }] })
  const first = (await ask('workflow', bodyA, list, { first: 1 })) as Listed
  expect(first.pageInfo.hasNextPage).toBe(true)
  const firstNumbers = first.edges.map(({ node }) => node.opinionNumber)
  const nextNumbers = await numbers(bodyA, { first: 1, after: first.pageInfo.endCursor })
  expect(nextNumbers.length).toBe(1)
  expect(nextNumbers).not.toEqual(firstNumbers)
})

test('what does not hold is refused field by field, and nothing is kept', async () => {
  const count = async () => (await numbers(bodyA, { first: 100 })).length
  const before = await count()
  const faults = async (viewer: Viewer, facts: object) => {
    const { problems = [], code } = await record(viewer, facts)
    return [code, ...problems.map((fault: { path: string; code: string }) => `${fault.path} ${fault.code}`)]
  }
  expect(await faults(bodyA, { text: ' \u0000 ', receivedOn: '2026-02-30', contact: '1'.repeat(101) })).toEqual([
    'INVALID_INPUT',
    'text MISSING',
    'contact TOO_LONG',
    'receivedOn DATE_NOT_REAL',
  ])
  expect(await faults(bodyA, { text: '字'.repeat(2001), receivedOn: '2026-11-22' })).toEqual([
    'INVALID_INPUT',
    'text TOO_LONG',
    'receivedOn DATE_IN_FUTURE',
  ])
  expect(await faults(bodyA, { hallId: 'no id' })).toEqual(['INVALID_INPUT', 'hallId PLACE_UNKNOWN'])
  expect(await faults(bodyB, { hallId: halls.hallA })).toEqual(['INVALID_INPUT', 'hallId PLACE_UNKNOWN'])
  expect(await faults(bodyB, { departmentId: departments.socialSecurityA })).toEqual([
    'INVALID_INPUT',
    'hallId PLACE_UNKNOWN',
  ])
  for (const viewer of [handler, staff('ANALYST', bodyA.scope), staff('WINDOW_STAFF', bodyA.scope)]) {
    expect(await faults(viewer, {})).toEqual(['NOT_PERMITTED'])
  }
  expect(await count()).toBe(before)
})

test('no list, review, clock or count of ratings holds an opinion', async () => {
  await record(bodyA, { text: '服务态度差', source: 'SUPERVISOR' })
  expect(await ask('evaluations', bodyA, '{ evaluations { edges { node { id } } } }')).toEqual({ edges: [] })
  expect(await ask('evaluations', bodyA, '{ unlinkedEvaluations { edges { node { id } } } }')).toEqual({ edges: [] })
  expect(await ask('workflow', bodyA, '{ openNegativeReviews { edges { node { id } } } }')).toEqual({ edges: [] })
  const [counts] = await database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
    tx.query(
      `select (select count(*)::int from evaluations.evaluations) as ratings, (select count(*)::int from evaluations.evaluation_keys) as keys,
         (select count(*)::int from workflow.negative_reviews) as reviews, (select count(*)::int from workflow.deadlines) as clocks,
         (select count(*)::int from workflow.outbox) as facts`,
    ),
  )
  expect(counts).toEqual({ ratings: 0, keys: 0, reviews: 0, clocks: 0, facts: 0 })
})
