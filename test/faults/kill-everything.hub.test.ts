import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { ask, signIn } from '../kit/ask.ts'
import { issueToken, reportClosedCases, submitNegative, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { waitFor } from '../kit/wait-for.ts'

let hub: HubProcess
let facts: WindowFacts
beforeAll(async () => {
  hub = await startHubProcess()
  facts = await windowFacts(hub)
})
afterAll(() => hub.stop())

const postmaster = () =>
  Number(readFileSync(join(hub.dataDirectory, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])
const rate = async () => {
  const [caseNumber] = await reportClosedCases(hub, facts)
  const token = await issueToken(hub, caseNumber!)
  return { caseNumber: caseNumber!, token, submitted: await submitNegative(hub, token) }
}

/** Connects as a wall does; answers a promise of the code with which its connection is closed. */
async function closingOfWall(): Promise<Promise<number>[]> {
  const authorization = await signIn(hub, 'supervisor', demoPassword)
  let close = (_code: number) => {}
  const closing = new Promise<number>(resolve => {
    close = resolve
  })
  const client = createClient({
    url: `${hub.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: () => {},
    on: { closed: event => close((event as CloseEvent).code) },
  })
  await new Promise<void>(resolve => client.on('connected', () => resolve()))
  return [closing]
}

test('kill -9 of the hub and of its PostgreSQL between two ratings loses neither, and the first keeps its receipt', async () => {
  const first = await rate()
  execFileSync('kill', ['-9', String(postmaster())])
  await hub.restart('SIGKILL')
  const second = await rate()
  expect([first.submitted.isNew, second.submitted.isNew]).toEqual([true, true])
  const again = await submitNegative(hub, first.token)
  expect(again).toMatchObject({ isNew: false, receiptNumber: first.submitted.receiptNumber })
  const supervisor = await signIn(hub, 'supervisor', demoPassword)
  await waitFor(async () => {
    const { serviceCase } = await ask<{ serviceCase: { negativeReviews: unknown[] } }>(
      hub,
      'query Case($caseNumber: String!) { serviceCase(caseNumber: $caseNumber) { negativeReviews { id } } }',
      { caseNumber: first.caseNumber },
      supervisor,
    )
    return serviceCase.negativeReviews.length === 1
  }, 'the first negative’s review')
})

test('SIGTERM ends it cleanly, sends a connected wall away, and the next start finds everything', async () => {
  const { caseNumber, submitted } = await rate()
  const [closed] = await closingOfWall()
  expect(await hub.kill('SIGTERM')).toBe(0)
  expect(await closed).toBe(1001)
  expect(existsSync(join(hub.dataDirectory, 'postgres/cluster/postmaster.pid'))).toBe(false)
  await hub.start()
  const { evaluation } = await ask<{ evaluation: { score: number; serviceCase: unknown } }>(
    hub,
    'query Receipt($receiptNumber: String!) { evaluation(receiptNumber: $receiptNumber) { score } }',
    { receiptNumber: submitted.receiptNumber },
  )
  expect([caseNumber.length > 0, evaluation]).toEqual([true, { score: 1 }])
})
