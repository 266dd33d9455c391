import { parse } from 'graphql'
import { afterEach, describe, expect, test } from 'vitest'
import { createHivePlanner } from '../../router/hive-planner.ts'
import { createRemoteSubgraph } from '../../router/remote-subgraph.ts'
import { identityReader, identitySigner } from '../../subgraphs/shared/identity.ts'
import { type ServedSubgraph, serveSubgraph } from '../../subgraphs/shared/serve-subgraph.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { createCasesFixture } from './fixtures/cases.ts'
import { createEvaluationsFixture } from './fixtures/evaluations.ts'
import { createFeedLog } from './fixtures/feed-log.ts'
import { composeFixtures, keptLog, staffOf } from './fixtures/graph.ts'
import { createWorkflowFixture } from './fixtures/workflow.ts'

const keys = { current: 'k1', keys: { k1: new Uint8Array(32).fill(7) } }
const viewer = staffOf('/41/', '张监督')
const stops: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function localSubgraphs(log = keptLog()) {
  return {
    cases: await createCasesFixture(new Map()),
    evaluations: await createEvaluationsFixture(),
    workflow: await createWorkflowFixture(createFeedLog(), { errors: log }),
  }
}

async function serve(
  local: Awaited<ReturnType<typeof localSubgraphs>>[keyof Awaited<ReturnType<typeof localSubgraphs>>],
) {
  const served = await serveSubgraph({ subgraph: local, port: 0, readIdentity: identityReader(keys, local.name) })
  stops.push(() => served.stop())
  return served
}

function remote(name: Subgraph['name'], served: ServedSubgraph): Subgraph {
  const subgraph = createRemoteSubgraph({ name, url: served.url, sign: identitySigner(keys) })
  stops.push(() => subgraph.stop())
  return subgraph
}

async function planner(subgraphs: Record<string, Subgraph>, timeoutMs?: number) {
  const log = keptLog()
  const made = await createHivePlanner({ ...composeFixtures(), subgraphs, log, timeoutMs })
  stops.push(() => made.stop())
  const ask = (text: string, variables?: Record<string, unknown>) =>
    made.execute({ document: parse(text), text, variables, viewer })
  return { ask, log }
}

const reviewWithRating =
  'query ($id: ID!) { negativeReview(id: $id) { id evaluation { score seenBy } } viewer { name } }'
const reviewAnswer = {
  data: { negativeReview: { id: 'review-7', evaluation: { score: 1, seenBy: '张监督' } }, viewer: { name: '张监督' } },
}

describe('the planner', () => {
  test('joins the answers of subgraphs in this process, each asked as the viewer', async () => {
    const { ask } = await planner(await localSubgraphs())
    expect(await ask(reviewWithRating, { id: 'review-7' })).toEqual(reviewAnswer)
  })

  test('gives the same answer when the subgraphs are behind addresses', async () => {
    const local = await localSubgraphs()
    const { ask } = await planner({
      cases: remote('cases', await serve(local.cases)),
      evaluations: remote('evaluations', await serve(local.evaluations)),
      workflow: remote('workflow', await serve(local.workflow)),
    })
    expect(await ask(reviewWithRating, { id: 'review-7' })).toEqual(reviewAnswer)
  })

  test('keeps all other fields when one subgraph is down', async () => {
    const local = await localSubgraphs()
    const served = await serve(local.evaluations)
    await served.stop()
    const { ask } = await planner({ ...local, evaluations: remote('evaluations', served) })
    const answer = await ask(reviewWithRating, { id: 'review-7' })
    expect(answer.data).toEqual({ negativeReview: { id: 'review-7', evaluation: null }, viewer: { name: '张监督' } })
    expect(answer.errors).toEqual([
      expect.objectContaining({
        path: ['negativeReview', 'evaluation'],
        extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }),
      }),
    ])
  })

  test('makes the nearest nullable parent null when a missing part may not be null', async () => {
    const local = await localSubgraphs()
    const served = await serve(local.evaluations)
    await served.stop()
    const { ask } = await planner({ ...local, evaluations: remote('evaluations', served) })
    const answer = await ask('{ negativeReview(id: "review-7") { id strictEvaluation { score } } }')
    expect(answer.data).toEqual({ negativeReview: null })
    expect(answer.errors).toHaveLength(1)
  })

  test('answers null data, not a missing one, when a required root field is down', async () => {
    const local = await localSubgraphs()
    const served = await serve(local.workflow)
    await served.stop()
    const { ask } = await planner({ ...local, workflow: remote('workflow', served) })
    const answer = await ask('{ openNegativeReviews { id } }')
    expect(answer).toEqual({
      data: null,
      errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }) })],
    })
  })

  test('does not wait for a subgraph longer than it may take', async () => {
    const local = await localSubgraphs()
    const { ask } = await planner(local, 50)
    const answer = await ask('{ slow(milliseconds: 600000) viewer { name } }')
    expect(answer.data).toEqual({ slow: null, viewer: { name: '张监督' } })
    expect(answer.errors).toEqual([
      expect.objectContaining({
        path: ['slow'],
        extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }),
      }),
    ])
  })

  test('hides what a resolver did not mean to say, and logs it', async () => {
    const log = keptLog()
    const { ask } = await planner(await localSubgraphs(log))
    const answer = await ask('{ broken worded viewer { name } }')
    expect(answer.data).toEqual({ broken: null, worded: null, viewer: { name: '张监督' } })
    expect(answer.errors?.map(error => [error.path, error.extensions.code])).toEqual([
      [['broken'], 'INTERNAL'],
      [['worded'], 'NOT_PERMITTED'],
    ])
    expect(JSON.stringify(answer)).not.toMatch(/secret|table/)
    expect(log.lines.map(line => (line.fields.error as Error).message)).toEqual([
      'password=secret at table workflow.review',
    ])
  })
})

describe('a subgraph behind an address', () => {
  test('refuses whoever brings no identity, a forged one or that of another subgraph', async () => {
    const served = await serve((await localSubgraphs()).cases)
    const forged = identitySigner({ current: 'k1', keys: { k1: new Uint8Array(32).fill(8) } })
    const tokens = [
      undefined,
      'nonsense',
      await forged(viewer, 'cases'),
      await identitySigner(keys)(viewer, 'workflow'),
    ]
    for (const token of tokens) {
      const response = await fetch(served.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { 'x-hub-identity': token }) },
        body: JSON.stringify({ query: '{ identify(credential: "x") }' }),
      })
      expect([response.status, await response.json()]).toEqual([
        401,
        { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'IDENTITY_REQUIRED' }) })] },
      ])
    }
  })

  test('takes an identity that was signed for all subgraphs at once', async () => {
    const served = await serve((await localSubgraphs()).cases)
    const token = await identitySigner(keys)(viewer, ['cases', 'workflow'])
    const response = await fetch(served.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-identity': token },
      body: JSON.stringify({ query: '{ viewer { name } }' }),
    })
    expect(await response.json()).toEqual({ data: { viewer: { name: '张监督' } } })
  })

  test('says that it lives', async () => {
    const served = await serve((await localSubgraphs()).cases)
    const response = await fetch(new URL('/livez', served.url))
    expect([response.status, await response.text()]).toEqual([200, 'ok\n'])
  })
})
