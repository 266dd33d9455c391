import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

test('SIGTERM ends it cleanly and the next start finds everything', async () => {
  const { caseNumber, submitted } = await rate()
  expect(await hub.kill('SIGTERM')).toBe(0)
  await hub.start()
  const { evaluation } = await ask<{ evaluation: { score: number; serviceCase: unknown } }>(
    hub,
    'query Receipt($receiptNumber: String!) { evaluation(receiptNumber: $receiptNumber) { score } }',
    { receiptNumber: submitted.receiptNumber },
  )
  expect([caseNumber.length > 0, evaluation]).toEqual([true, { score: 1 }])
})
