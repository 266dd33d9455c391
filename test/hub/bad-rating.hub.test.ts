import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, askRaw, signIn } from '../kit/ask.ts'
import {
  issueToken,
  reportClosedCases,
  submitMutation,
  submitNegative,
  type WindowFacts,
  windowFacts,
} from '../kit/closed-case.ts'
import { followOverSse, followOverWebSocket } from '../kit/feed-client.ts'
import { hubModes, type RunningHub } from '../kit/hub-modes.ts'
import { demoPassword } from '../kit/hub-process.ts'
import { waitFor } from '../kit/wait-for.ts'

type ReviewEvent = {
  epoch: string
  position: string
  previousPosition: string
  kind: string
  negativeReview: {
    id: string
    score: number
    staffMember: { staffNumber: string; name: string | null }
    serviceCase: { caseNumber: string; matter: { name: string } }
    evaluation: { level: string; items: { code: string }[] }
    deadlines: { kind: string; state: string; startedAt: string; dueAt: string; explanation: { reason: string }[] }[]
  }
}

type ClockEvent = {
  epoch: string
  position: string
  previousPosition: string
  kind: string
  deadline: { kind: string; negativeReview: { id: string } }
}

const reviews = `subscription Reviews($after: String) {
  negativeReviews(after: $after) {
    epoch position previousPosition kind
    negativeReview {
      id score
      staffMember { staffNumber name }
      serviceCase { caseNumber matter { name } }
      evaluation { level items { code } }
      deadlines { kind state startedAt dueAt explanation { reason } }
    }
  }
}`
const clocks = `subscription Clocks($after: String) {
  deadlines(after: $after) { epoch position previousPosition kind secondsLeft deadline { kind dueAt negativeReview { id } } }
}`

describe.each(hubModes)('a bad rating %s', (_name, start) => {
  let hub: RunningHub | null
  let facts: WindowFacts
  let supervisor: string
  const open: { stop(): Promise<void> }[] = []
  beforeAll(async () => {
    hub = await start()
    if (!hub) return
    facts = await windowFacts(hub)
    supervisor = await signIn(hub, 'supervisor', demoPassword)
  })
  afterAll(async () => {
    for (const client of open) await client.stop()
    await hub?.stop()
  })
  const followed = <Client extends { stop(): Promise<void> }>(client: Client) => {
    open.push(client)
    return client
  }

  test('is on the supervisor’s feeds with its clock, over WebSocket and SSE, acknowledged, and there again after the router was killed', async context => {
    if (!hub) return context.skip()
    const [caseNumber] = await reportClosedCases(hub, facts)
    const token = await issueToken(hub, caseNumber!)
    const webSocket = followed(
      await followOverWebSocket<ReviewEvent>(hub, { query: reviews, field: 'negativeReviews', credential: supervisor }),
    )
    const sse = followed(
      followOverSse<ReviewEvent>(hub, { query: reviews, field: 'negativeReviews', credential: supervisor }),
    )
    const deadlines = followed(
      await followOverWebSocket<ClockEvent>(hub, { query: clocks, field: 'deadlines', credential: supervisor }),
    )

    // Both streams stand once a first negative, handed in until they do, has come through.
    const warmUp = await submitNegative(hub, token)
    expect(warmUp).toMatchObject({ __typename: 'SubmitEvaluationSuccess', isNew: true })
    const [second] = await reportClosedCases(hub, facts)
    await waitFor(() => webSocket.events.length > 0, 'the first event')
    const submitted = await submitNegative(hub, await issueToken(hub, second!))
    expect(submitted).toMatchObject({ __typename: 'SubmitEvaluationSuccess', isNew: true })

    const ofSecond = (events: ReviewEvent[]) =>
      events.filter(event => event.negativeReview.serviceCase.caseNumber === second)
    const event = await waitFor(() => ofSecond(webSocket.events)[0], 'the event of the second rating')
    expect(event).toMatchObject({
      kind: 'OPENED',
      negativeReview: {
        score: 1,
        staffMember: { staffNumber: facts.staffNumber, name: null },
        serviceCase: { caseNumber: second, matter: { name: expect.any(String) } },
        evaluation: { level: 'VERY_DISSATISFIED', items: [{ code: '115' }] },
        deadlines: [{ kind: 'VERIFICATION', state: 'RUNNING' }],
      },
    })
    const [clock] = event.negativeReview.deadlines
    expect(Date.parse(clock!.dueAt) - Date.parse(clock!.startedAt)).toBe(24 * 3_600_000)
    expect(clock!.explanation.length).toBeGreaterThan(0)
    await waitFor(() => ofSecond(sse.events).length === 1, 'the event over SSE')
    await waitFor(
      () =>
        deadlines.events.some(
          ({ kind, deadline }) => kind === 'STARTED' && deadline.negativeReview.id === event.negativeReview.id,
        ),
      'the start of the clock',
    )

    const { acknowledgeNegativeReview } = await ask<{ acknowledgeNegativeReview: unknown }>(
      hub,
      `mutation Acknowledge($id: ID!) {
        acknowledgeNegativeReview(input: { id: $id }) {
          ... on AcknowledgeNegativeReviewSuccess { negativeReview { id acknowledgedBy } }
          ... on UserError { code }
        }
      }`,
      { id: event.negativeReview.id },
      supervisor,
    )
    expect(acknowledgeNegativeReview).toEqual({
      negativeReview: { id: event.negativeReview.id, acknowledgedBy: expect.any(String) },
    })
    await waitFor(() => webSocket.events.some(({ kind }) => kind === 'ACKNOWLEDGED'), 'the acknowledgement')

    await hub.restartRouter()
    const [third] = await reportClosedCases(hub, facts)
    await submitNegative(hub, await issueToken(hub, third!))
    await waitFor(
      () => webSocket.events.some(({ negativeReview }) => negativeReview.serviceCase.caseNumber === third),
      'the event after the restart',
    )
    const seen = webSocket.events.map(({ kind, negativeReview }) => `${kind} ${negativeReview.serviceCase.caseNumber}`)
    expect(seen).toEqual([`OPENED ${caseNumber}`, `OPENED ${second}`, `ACKNOWLEDGED ${second}`, `OPENED ${third}`])
    const chain = webSocket.events.map(({ previousPosition }) => previousPosition)
    expect(chain.slice(1)).toEqual(webSocket.events.slice(0, -1).map(({ position }) => position))

    const { openNegativeReviews } = await ask<{
      openNegativeReviews: { edges: { node: { id: string; acknowledgedAt: string | null } }[] }
    }>(hub, '{ openNegativeReviews(first: 100) { edges { node { id acknowledgedAt } } } }', {}, supervisor)
    const kept = openNegativeReviews.edges.filter(({ node }) => node.id === event.negativeReview.id)
    expect(kept).toEqual([{ node: { id: event.negativeReview.id, acknowledgedAt: expect.any(String) } }])
  })

  test('fifty times at once is one rating and fifty equal receipts; another content is refused', async context => {
    if (!hub) return context.skip()
    const running = hub
    const [caseNumber] = await reportClosedCases(running, facts)
    const token = await issueToken(running, caseNumber!)
    const answers = await Promise.all(Array.from({ length: 50 }, () => submitNegative(running, token)))
    expect(new Set(answers.map(({ receiptNumber }) => receiptNumber)).size).toBe(1)
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
    const other = await ask(running, submitMutation, { input: { token, level: 'VERY_SATISFIED' } })
    expect(other).toMatchObject({ submitEvaluation: { __typename: 'AlreadyEvaluated', code: 'ALREADY_EVALUATED' } })
    const { serviceCase } = await ask<{ serviceCase: { evaluations: unknown[]; negativeReviews: unknown[] } }>(
      running,
      'query Case($caseNumber: String!) { serviceCase(caseNumber: $caseNumber) { evaluations { score } negativeReviews { score } } }',
      { caseNumber },
      await running.key('window-system'),
    )
    expect(serviceCase.evaluations).toEqual([{ score: 1 }])
  })

  test('is nobody else’s business: another county, an unknown key and nobody at all', async context => {
    if (!hub) return context.skip()
    const county = await signIn(hub, 'county', demoPassword)
    const answer = await ask<{ openNegativeReviews: { edges: { node: { hall: { name: string } | null } }[] } }>(
      hub,
      '{ openNegativeReviews(first: 100) { edges { node { hall { name } } } } }',
      {},
      county,
    )
    expect(answer.openNegativeReviews.edges.filter(({ node }) => node.hall?.name === facts.hall)).toEqual([])
    expect((await askRaw(hub, '{ viewer { id } }', {}, 'hub_k_unknown')).errors?.[0]?.extensions?.code).toBe(
      'UNAUTHENTICATED',
    )
    const nobody = await askRaw(hub, '{ openNegativeReviews { edges { node { id } } } }')
    expect(JSON.stringify(nobody)).not.toContain('"node"')
  })
})
