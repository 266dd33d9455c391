import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, signIn } from '../kit/ask.ts'
import { issueToken, newCaseNumber, submitMutation, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { readQr } from '../kit/read-qr.ts'
import { expectDocumented } from './documented-schema.ts'

let hub: HubProcess
let facts: WindowFacts
let key: string

beforeAll(async () => {
  hub = await startHubProcess()
  facts = await windowFacts(hub)
  key = await hub.key('window-system')
})
afterAll(() => hub.stop())

const get = (path: string, credential = key) =>
  fetch(hub.url + path, { headers: { authorization: `Bearer ${credential}` } })
const problemOf = async (response: Response) => {
  const problem = await response.json()
  expectDocumented('Problem', problem)
  expect(response.status).toBe(problem.status)
  return [problem.status, problem.code]
}

/** A case of the demo window, closed a minute ago, by its number; uploaded as NDJSON. */
async function uploadCases(changes: Record<string, unknown>[], expected: object = {}): Promise<string[]> {
  const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString()
  const rows = changes.map(change => ({
    ...facts,
    caseNumber: newCaseNumber(),
    state: '3',
    applicantName: '测试申请人',
    contactPhone: '19900001234',
    acceptedAt: at(11),
    closedAt: at(1),
    ...change,
  }))
  const response = await fetch(`${hub.url}/v1/cases/bulk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: rows.map(row => JSON.stringify(row)).join('\n'),
  })
  const answer = await response.json()
  expectDocumented('UploadResult', answer)
  expect(answer).toMatchObject({ state: 'DONE', read: rows.length, accepted: rows.length, rejected: 0, ...expected })
  return rows.map(row => row.caseNumber)
}

test('an uploaded case gets its code in all three forms, and each leads to its rating page', async () => {
  const [caseNumber] = await uploadCases([{}])
  const asJson = await get(`/v1/cases/${caseNumber}/code.json`)
  const code = await asJson.json()
  expectDocumented('RatingCode', code)
  expect(code).toMatchObject({ kind: 'SCREEN', nextCodeAt: expect.any(String) })

  const asPng = await get(`/v1/cases/${caseNumber}/code.png?scale=4`)
  const png = PNG.sync.read(Buffer.from(await asPng.arrayBuffer()))
  const read = jsQR(Uint8ClampedArray.from(png.data), png.width, png.height)!.data
  expect(read).toMatch(new RegExp(`^${code.url.slice(0, -code.token.length)}.{32}$`))
  const larger = await get(`/v1/cases/${caseNumber}/code.png?scale=8`)
  expect(PNG.sync.read(Buffer.from(await larger.arrayBuffer())).width).toBe(png.width * 2)

  const asSvg = await get(`/v1/cases/${caseNumber}/code.svg?kind=RECEIPT&serviceNumber=2`)
  expect(await asSvg.text()).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/)

  expect(
    [asJson, asPng, asSvg].map(({ headers }) => [headers.get('content-type'), headers.get('cache-control')]),
  ).toEqual([
    ['application/json; charset=utf-8', 'no-store'],
    ['image/png', 'no-store'],
    ['image/svg+xml; charset=utf-8', 'no-store'],
  ])
  for (const url of [code.url, read]) {
    const page = await fetch(hub.url + new URL(url).pathname)
    expect([page.status, (await page.text()).includes(caseNumber!)]).toEqual([200, true])
  }
})

test('a case that has no code says why', async () => {
  const longAgo = { acceptedAt: '2024-03-01 09:00:00', closedAt: '2024-03-01 10:00:00' }
  const [open, void_, merged, withoutPhone, late] = await uploadCases([
    { state: '2', closedAt: null },
    { dataState: '0' },
    { dataState: '0', mergedInto: 'T0000000000000001' },
    { contactPhone: null },
    longAgo,
  ])
  expect(await problemOf(await get(`/v1/cases/${open}/code.svg`))).toEqual([409, 'CASE_NOT_CLOSED'])
  expect(await problemOf(await get(`/v1/cases/${void_}/code.svg`))).toEqual([409, 'CASE_VOID'])
  expect(await problemOf(await get(`/v1/cases/${merged}/code.svg`))).toEqual([409, 'CASE_MERGED'])
  expect(await problemOf(await get(`/v1/cases/${late}/code.svg`))).toEqual([409, 'EVALUATION_TOO_LATE'])
  expect(await problemOf(await get('/v1/cases/410100000000000000/code.png'))).toEqual([404, 'CASE_UNKNOWN'])
  const receipt = (caseNumber?: string) => get(`/v1/cases/${caseNumber}/code.json?kind=RECEIPT`)
  expect(await problemOf(await receipt(withoutPhone))).toEqual([409, 'CASE_WITHOUT_PHONE'])
})

test('the window cannot tell from a code whether its case was rated', async () => {
  const [rated] = await uploadCases([{}])
  const { submitEvaluation } = await ask<{ submitEvaluation: { isNew: boolean } }>(hub, submitMutation, {
    input: { token: await issueToken(hub, rated!), level: 'SATISFIED', items: [] },
  })
  expect(submitEvaluation.isNew).toBe(true)
  expect((await get(`/v1/cases/${rated}/code.json`)).status).toBe(200)
})

test('a terminal gets its code by number, and says which terminal it is', async () => {
  const [caseNumber] = await uploadCases([{}])
  const path = `/v1/cases/${caseNumber}/code.json?kind=TERMINAL`
  expect(await problemOf(await get(path))).toEqual([400, 'BAD_USER_INPUT'])
  const code = await (await get(`${path}&terminalNumber=ZZ-07`)).json()
  expect(code.kind).toBe('TERMINAL')
  const page = await fetch(`${hub.url}/terminal/${code.token}`)
  expect([page.status, (await page.text()).includes('ZZ-07')]).toEqual([200, true])
})

test('a receipt is printed as page, picture and PDF, and its code leads to the rating page', async () => {
  const [caseNumber] = await uploadCases([{}])
  const url = `${hub.url.replace(/:\d+$/, '')}`
  const receipt = (form: string) => get(`/v1/cases/${caseNumber}/receipt.${form}`)
  const png = await readQr(Buffer.from(await (await receipt('png')).arrayBuffer()))
  expect(png.jsqr).toMatch(/\/r\/[\w-]{32}$/)
  expect(png.zxing).toBe(png.jsqr)
  expect(png.jsqr!.startsWith(url)).toBe(true)
  const pdf = Buffer.from(await (await receipt('pdf')).arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(await (await receipt('svg')).text()).toMatch(/^<svg /)
  const page = await receipt('html')
  expect([page.headers.get('content-type'), (await page.text()).includes('<svg')]).toEqual([
    'text/html; charset=utf-8',
    true,
  ])
  const form = await fetch(hub.url + new URL(png.jsqr!).pathname)
  expect((await form.text()).includes('phoneLastFour')).toBe(true)
  expect(await problemOf(await receipt('pdf').then(() => get('/v1/cases/410100000000000000/receipt.pdf')))).toEqual([
    404,
    'CASE_UNKNOWN',
  ])
})

test('a code is for those who may show one', async () => {
  const [caseNumber] = await uploadCases([{}])
  const path = `/v1/cases/${caseNumber}/code.json`
  const window = await signIn(hub, 'window', demoPassword)
  expect((await get(path, window)).status).toBe(200)
  const analyst = await signIn(hub, 'analyst', demoPassword)
  expect(await problemOf(await get(path, analyst))).toEqual([403, 'NOT_PERMITTED'])
  expect(await problemOf(await fetch(hub.url + path))).toEqual([401, 'UNAUTHENTICATED'])
})
