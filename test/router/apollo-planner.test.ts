import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { createApolloPlanner } from '../../router/apollo-planner.ts'
import { createHivePlanner } from '../../router/hive-planner.ts'
import type { Planner } from '../../router/planner.ts'
import { identityHeader, identityReader, identitySigner } from '../../subgraphs/shared/identity.ts'
import type { ServableSubgraph } from '../../subgraphs/shared/local-subgraph.ts'
import { type ServedSubgraph, serveSubgraph } from '../../subgraphs/shared/serve-subgraph.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { startApolloStandIn } from './fixtures/apollo-stand-in.ts'
import { createCasesFixture } from './fixtures/cases.ts'
import { createEvaluationsFixture } from './fixtures/evaluations.ts'
import { createFeedLog } from './fixtures/feed-log.ts'
import { composeFixtures, keptLog, staffOf } from './fixtures/graph.ts'
import { keys, startHub } from './fixtures/hub.ts'
import { openScreen } from './fixtures/screen.ts'
import { createWorkflowFixture } from './fixtures/workflow.ts'

if (!process.env.APOLLO_ROUTER_URL) {
  console.log(
    'no Apollo Router at APOLLO_ROUTER_URL: Apollo’s own JavaScript runtime (@apollo/gateway) stands in for it',
  )
}

const composed = composeFixtures()
const feed = createFeedLog()
const log = keptLog()
let locals: ServableSubgraph[]
let served: ServedSubgraph[]
let standIn: Awaited<ReturnType<typeof startApolloStandIn>>
let apollo: Planner
let hive: Planner

beforeAll(async () => {
  locals = [
    await createCasesFixture(new Map()),
    await createEvaluationsFixture(),
    await createWorkflowFixture(feed, { errors: log }),
  ]
  served = await Promise.all(
    locals.map(subgraph => serveSubgraph({ subgraph, port: 0, readIdentity: identityReader(keys, subgraph.name) })),
  )
  const urls = Object.fromEntries(locals.map(({ name }, index) => [name, served[index]!.url]))
  standIn = await startApolloStandIn({ supergraphText: composed.supergraphText, urls })
  apollo = createApolloPlanner({ url: standIn.url, sign: identitySigner(keys), log })
  hive = await createHivePlanner({
    ...composed,
    subgraphs: Object.fromEntries(locals.map(local => [local.name, local])),
    log,
  })
})

afterAll(async () => {
  await apollo.stop()
  await hive.stop()
  await standIn.stop()
  for (const server of served) await server.stop()
})

const ask = (planner: Planner, text: string, viewer: Viewer, variables?: Record<string, unknown>) =>
  planner.execute({ document: parse(text), text, variables, viewer })

describe('both planners give the same answer to', () => {
  test.each([
    [
      'a join of three subgraphs',
      'query ($id: ID!) { viewer { name } negativeReview(id: $id) { id evaluation { score seenBy } } }',
      { id: 'review-7' },
    ],
    [
      'a list with fragments and aliases',
      '{ all: openNegativeReviews(first: 5) { ...R } } fragment R on NegativeReview { name: id evaluation { comment } }',
      {},
    ],
    [
      'a mutation',
      'mutation { openNegativeReview(regionPath: "/41/", evaluationId: "m") { id evaluation { score } } }',
      {},
    ],
    [
      'a feed that is replayed',
      '{ negativeReviewFeed(after: "0", first: 100) { latestPosition isReset events { position negativeReview { evaluation { score } } } } }',
      {},
    ],
    ['nobody who asks who he is', '{ viewer { name } }', {}],
  ])('%s', async (name, text, variables) => {
    const viewer = name.startsWith('nobody') ? anonymousViewer : staffOf('/41/', '张监督')
    const answer = JSON.parse(JSON.stringify(await ask(apollo, text, viewer, variables)))
    expect(answer.errors).toBeUndefined()
    if (name === 'a feed that is replayed') expect(answer.data.negativeReviewFeed.events.length).toBeGreaterThan(0)
    expect(answer).toEqual(JSON.parse(JSON.stringify(await ask(hive, text, viewer, variables))))
  })

  test('a refusal and an internal fault, both masked', async () => {
    const viewer = staffOf('/41/')
    const codes = async (planner: Planner) => {
      const answer = await ask(planner, '{ worded broken viewer { name } }', viewer)
      const sorted = answer
        .errors!.map(({ path, extensions, message }) => [path?.[0], extensions?.code, message])
        .sort()
      return { data: { ...answer.data }, sorted }
    }
    expect(await codes(apollo)).toEqual(JSON.parse(JSON.stringify(await codes(hive))))
  })
})

test('the door’s subscriptions need nothing of an Apollo Router but answers', async () => {
  const workflow = locals.find(({ name }) => name === 'workflow')!
  const hub = await startHub({ planner: apollo, feed, subgraph: { workflow } })
  const screen = openScreen({
    url: hub.webSocketUrl,
    token: 'token-41',
    query:
      'subscription ($after: String) { negativeReviews(after: $after) { position negativeReview { evaluation { score seenBy } } } }',
    variables: { after: String(feed.visible('/41/').length) },
  })
  while (hub.door.counts().members === 0) await new Promise(resolve => setTimeout(resolve, 5))
  feed.append('/41/', 'live')
  await screen.until(({ events }) => events.length === 1)
  expect(screen.events[0]?.negativeReview).toEqual({ evaluation: { score: 1, seenBy: 'staff of /41/' } })
  screen.close()
  await hub.stop()
})

test('the Apollo Router’s configuration forwards the identity, shares no answers and buys nothing', () => {
  const configuration = parseYaml(readFileSync(new URL('../../router/apollo-router.yaml', import.meta.url), 'utf8'))
  expect(configuration.headers).toEqual({ all: { request: [{ propagate: { named: identityHeader } }] } })
  expect(configuration.traffic_shaping.all.deduplicate_query).toBe(false)
  expect(configuration.supergraph.introspection).toBe(false)
  const needsPlan = [
    'subscription',
    'authorization',
    'coprocessor',
    'persisted_queries',
    'batching',
    'demand_control',
    'authentication',
  ]
  expect(Object.keys(configuration).filter(key => needsPlan.includes(key))).toEqual([])
})

test('an Apollo Router that does not answer is an outage, not a fault', async () => {
  const gone = createApolloPlanner({ url: 'http://127.0.0.1:1/graphql', sign: identitySigner(keys), log })
  expect(await ask(gone, '{ viewer { name } }', anonymousViewer)).toEqual({
    data: null,
    errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }) })],
  })
  await gone.stop()
})
