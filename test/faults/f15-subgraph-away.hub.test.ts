import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, askRaw, signIn } from '../kit/ask.ts'
import { issueToken, reportClosedCases, submitMutation, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { demoPassword } from '../kit/hub-process.ts'
import { type HubProcesses, startHubProcesses } from '../kit/hub-processes.ts'
import { type RedisServer, startRedisServer } from '../kit/redis-server.ts'
import { waitFor } from '../kit/wait-for.ts'

const caseQuery = `query Case($caseNumber: String!) {
  serviceCase(caseNumber: $caseNumber) { caseNumber evaluations { score } negativeReviews { score } link { sourceSystem } }
}`

let redis: RedisServer | null
let hub: HubProcesses
let facts: WindowFacts
let key: string
let caseNumber: string
let token: string

beforeAll(async () => {
  redis = await startRedisServer()
  if (!redis) return
  hub = await startHubProcesses(redis.url)
  facts = await windowFacts(hub)
  key = await hub.key('window-system')
  ;[caseNumber = ''] = await reportClosedCases(hub, facts)
  token = await issueToken(hub, caseNumber)
  await waitFor(async () => {
    const answer = await ask<{ serviceCase: { link: unknown } }>(hub, caseQuery, { caseNumber }, key)
    return answer.serviceCase.link !== null
  }, 'the case’s link')
})
afterAll(async () => {
  await hub?.stop()
  await redis?.kill()
})

test.each([
  ['evaluations', 'evaluations'],
  ['workflow', 'negativeReviews'],
  ['exchange', 'link'],
] as const)('F15: with %s away, only its own field is missing, with the path of its object', async (name, field) => {
  if (!redis) return
  const whole = await ask<{ serviceCase: Record<string, unknown> }>(hub, caseQuery, { caseNumber }, key)
  await hub.kill(name, 'SIGKILL')
  const partial = await askRaw(hub, caseQuery, { caseNumber }, key)
  expect(partial.data).toEqual({ serviceCase: { ...whole.serviceCase, [field]: null } })
  expect(partial.errors).toEqual([
    expect.objectContaining({
      path: ['serviceCase'],
      extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }),
    }),
  ])
  await hub.start(name)
  await waitFor(async () => !(await askRaw(hub, caseQuery, { caseNumber }, key)).errors, `${name} to be back`)
  expect(await ask(hub, caseQuery, { caseNumber }, key)).toEqual(whole)
})

test('F15: handing a rating in needs evaluations alone', async () => {
  if (!redis) return
  for (const name of ['cases', 'workflow', 'exchange'] as const) await hub.kill(name, 'SIGKILL')
  const answer = await ask(hub, submitMutation, { input: { token, level: 'DISSATISFIED', items: ['214'] } })
  expect(answer).toMatchObject({ submitEvaluation: { __typename: 'SubmitEvaluationSuccess', isNew: true } })
  for (const name of ['cases', 'workflow', 'exchange'] as const) await hub.start(name)
  const supervisor = await waitFor(() => signIn(hub, 'supervisor', demoPassword).catch(() => null), 'sign-in')
  await waitFor(async () => {
    const { data } = await askRaw(hub, caseQuery, { caseNumber }, supervisor)
    return (data as { serviceCase: { negativeReviews: unknown[] } } | null)?.serviceCase?.negativeReviews?.length === 1
  }, 'the review of what was handed in meanwhile')
})
