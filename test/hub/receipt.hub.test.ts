import { afterAll, beforeAll, expect, test } from 'vitest'
import { askRaw } from '../kit/ask.ts'
import { issueToken, reportClosedCases, submitNegative, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { waitFor } from '../kit/wait-for.ts'

let hub: HubProcess
let facts: WindowFacts
beforeAll(async () => {
  hub = await startHubProcess()
  facts = await windowFacts(hub)
})
afterAll(() => hub.stop())

/** Types a receipt number into the page as a browser without script does; answers the page that follows. */
async function follow(receiptNumber: string): Promise<{ status: number; text: string }> {
  const posted = await fetch(`${hub.url}/receipt`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ receiptNumber }),
    redirect: 'manual',
  })
  if (posted.status !== 303) return { status: posted.status, text: await posted.text() }
  const cookie = posted.headers
    .getSetCookie()
    .map(line => line.split(';')[0])
    .join('; ')
  const page = await fetch(`${hub.url}/receipt`, { headers: { cookie } })
  return { status: page.status, text: await page.text() }
}

test('whoever holds the receipt number sees his case and the clock that his rating started', async () => {
  const [caseNumber] = await reportClosedCases(hub, facts)
  const { receiptNumber } = await submitNegative(hub, await issueToken(hub, caseNumber!))
  const typed = receiptNumber!.toLowerCase().replaceAll('-', ' ')
  // Until the handling has been opened the page tells the limits that the rules promise, without a moment.
  const page = await waitFor(async () => {
    const answer = await follow(typed)
    return /\d+月\d+日 \d\d:\d\d 前/.test(answer.text) && answer
  }, 'the moment by which it will be verified')
  expect(page.status).toBe(200)
  expect(page.text).toContain('核实')
  expect(page.text).not.toContain('19900001234')
})

test('an unknown number is told so, and a receipt opens nothing of the graph to others', async () => {
  expect((await follow('0000-0000-0000-0000')).status).toBe(404)
  const [caseNumber] = await reportClosedCases(hub, facts)
  await submitNegative(hub, await issueToken(hub, caseNumber!))
  const answer = await askRaw(hub, 'query Case($caseNumber: String!) { serviceCase(caseNumber: $caseNumber) { id } }', {
    caseNumber,
  })
  expect(answer.data).toEqual({ serviceCase: null })
  const internal = await askRaw(hub, '{ receiptHolder(receiptNumber: "x") }')
  expect(internal.errors?.[0]?.message).toMatch(/receiptHolder/)
})
