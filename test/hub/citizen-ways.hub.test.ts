import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, askRaw, signIn } from '../kit/ask.ts'
import { reportClosedCases, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { textOf } from '../web/fixtures/page.ts'

let hub: HubProcess
let facts: WindowFacts
beforeAll(async () => {
  hub = await startHubProcess()
  facts = await windowFacts(hub)
})
afterAll(() => hub.stop())

type Fields = [string, string | Blob][]

/** A browser without JavaScript: follows redirects with the cookies that were set. */
function phone() {
  let cookies = ''
  async function go(
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; path: string; html: string; text: string }> {
    const response = await fetch(`${hub.url}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: cookies },
    })
    for (const cookie of response.headers.getSetCookie()) {
      if (cookie.includes('Path=/receipt')) cookies = cookie.split(';')[0]!
    }
    const location = response.headers.get('location')
    if (location) return go(location)
    const html = await response.text()
    return { status: response.status, path, html, text: textOf(html) }
  }
  const post = (path: string, fields: Fields) => {
    const body = new FormData()
    for (const [name, value] of fields) body.append(name, value)
    return go(path, { method: 'POST', body })
  }
  return { go, post }
}

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const receiptOf = (html: string) => /class="receipt-number">([^<]+)</.exec(html)![1]!

async function codeOf(kind: string, more: object = {}): Promise<string> {
  const [caseNumber] = await reportClosedCases(hub, facts)
  const { issueRatingCode } = await ask<{ issueRatingCode: { ratingCode: { token: string } } }>(
    hub,
    `mutation ($input: IssueRatingCodeInput!) { issueRatingCode(input: $input) { ... on IssueRatingCodeSuccess { ratingCode { token } } ... on UserError { code } } }`,
    { input: { caseNumber, kind, ...more } },
    await hub.key('window-system'),
  )
  return issueRatingCode.ratingCode.token
}

const picture = () =>
  sharp({ create: { width: 90, height: 60, channels: 3, background: '#357' } })
    .jpeg()
    .toBuffer()

test('by the code on a receipt: proof, reasons, answers and a picture arrive, and the receipt shows them', async () => {
  const token = await codeOf('RECEIPT')
  const { go, post } = phone()
  const form = await go(`/r/${token}`)
  const fields: Fields = [
    ['formTicket', hidden(form.html, 'formTicket')],
    ['phoneLastFour', '1234'],
    ['level', 'DISSATISFIED'],
    ['item-DISSATISFIED', '214'],
    ['attitude', 'POOR'],
    ['attitudeReason', '语气生硬'],
    ['relation', 'AGENT'],
    ['files', new File([new Uint8Array(await picture())], '大厅.jpg')],
  ]
  const shown = await post(`/r/${token}`, fields)
  expect([shown.path, shown.text]).toEqual(['/receipt', expect.stringContaining('评价已提交')])
  expect(shown.text).toContain('服务态度 差：语气生硬')
  const address = /<img src="([^"]+)"/.exec(shown.html)![1]!.replaceAll('&amp;', '&')
  const thumbnail = await fetch(new URL(address, hub.url))
  expect([thumbnail.status, thumbnail.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
})

test('a good rating may be followed by a second one, and pressure is reported to the management body alone', async () => {
  const token = await codeOf('SCREEN')
  const { go, post } = phone()
  const form = await go(`/r/${token}`)
  const first = await post(`/r/${token}`, [
    ['formTicket', hidden(form.html, 'formTicket')],
    ['level', 'SATISFIED'],
  ])
  const receiptNumber = receiptOf(first.html)
  const second = await post('/receipt/second', [
    ['receiptNumber', receiptNumber],
    ['level', 'VERY_SATISFIED'],
  ])
  expect(second.text).toContain('满意度 5 非常满意 · 追加评价')
  expect(second.text).toContain('首次评价 4 满意')

  const taken = await post('/receipt/pressure', [
    ['receiptNumber', receiptNumber],
    ['kind', 'PRESSURE'],
    ['text', '窗口人员要求我给五星'],
    ['contactPhone', '13800000001'],
  ])
  const reportNumber = /JB-\w{4}-\w{4}/.exec(taken.text)![0]
  const question = `{ pressureReports { edges { node { reportNumber text contactPhone evaluation { score } department { name } } } } }`
  const { pressureReports } = await ask<{ pressureReports: { edges: { node: object }[] } }>(
    hub,
    question,
    {},
    await signIn(hub, 'city', demoPassword),
  )
  expect(pressureReports.edges.map(({ node }) => node)).toEqual([
    {
      reportNumber,
      text: '窗口人员要求我给五星',
      contactPhone: '13800000001',
      evaluation: { score: 4 },
      department: { name: expect.any(String) },
    },
  ])
  for (const unit of ['handler', 'supervisor', 'window']) {
    const refused = await askRaw(hub, question, {}, await signIn(hub, unit, demoPassword))
    expect(refused.errors?.map(error => error.extensions?.code)).toEqual(['NOT_PERMITTED'])
  }
})

test('by a poster of the hall: one’s own case by phone, or none, and the scan is counted', async () => {
  await reportClosedCases(hub, facts)
  const token = await posterOf(facts.hall)
  const { go, post } = phone()
  const page = await go(`/r/${token}`)
  expect(page.text).toContain(`评价对象 ${facts.hall}`)
  const printedId = /印刷编号 (\S+)/.exec(page.text)![1]!
  const before = await countsOf(printedId)
  const listed = await post(`/r/${token}/cases`, [
    ['unseen', '1'],
    ['phone', '19900001234'],
  ])
  const form = await post(`/r/${token}/form`, [['formTicket', caseTicket(listed.html)]])
  const rated = await post(`/r/${token}`, [
    ['formTicket', hidden(form.html, 'formTicket')],
    ['level', 'SATISFIED'],
  ])
  expect(rated.text).toContain('评价已提交')

  const direct = await go(`/r/${token}/direct`)
  const unlinked = await post(`/r/${token}`, [
    ['formTicket', hidden(direct.html, 'formTicket')],
    ['level', 'BASICALLY_SATISFIED'],
    ['contactPhone', '13800000002'],
  ])
  expect(unlinked.text).toContain('评价已提交')
  expect(unlinked.text).toContain('满意度 3 基本满意')

  const after = await countsOf(printedId)
  expect([after.scans - before.scans, after.ratings - before.ratings]).toEqual([1, 2])
})

test('at a terminal: named on top, printed to take home with a proof, rated without a cookie', async () => {
  const token = await codeOf('TERMINAL', { terminalNumber: 'ZZ-0031' })
  const { go, post } = phone()
  const form = await go(`/terminal/${token}`)
  expect(form.text).toContain('自助终端 ZZ-0031')
  expect(form.text).not.toContain('工号')
  const later = await go(`/terminal/${token}/later`)
  expect(later.text).toContain('用手机扫描二维码，凭办理时登记的手机号后四位评价。')
  const rated = await post(`/terminal/${token}`, [
    ['formTicket', hidden(form.html, 'formTicket')],
    ['level', 'VERY_DISSATISFIED'],
    ['item-VERY_DISSATISFIED', '110'],
  ])
  expect(rated.text).toContain('评价已提交，谢谢')
})

/** Scans of all days and ratings of a printed code. */
async function countsOf(printedId: string): Promise<{ scans: number; ratings: number }> {
  const { staticCode } = await ask<{ staticCode: { scans: { scans: number }[]; evaluationCount: number } }>(
    hub,
    'query ($printedId: String!) { staticCode(printedId: $printedId) { evaluationCount scans { scans } } }',
    { printedId },
    await signIn(hub, 'city', demoPassword),
  )
  const scans = staticCode.scans.reduce((sum, day) => sum + day.scans, 0)
  return { scans, ratings: staticCode.evaluationCount }
}

const caseTicket = (html: string) => /name="formTicket" value="([^"]+)"/.exec(html)?.[1] ?? ''

async function posterOf(hall: string): Promise<string> {
  const { staticCodes } = await ask<{ staticCodes: { edges: { node: { url: string; place: { name: string } } }[] } }>(
    hub,
    `{ staticCodes(filter: { state: ACTIVE, subjectKind: HALL }, first: 100) { edges { node { url place { name } } } } }`,
    {},
    await signIn(hub, 'city', demoPassword),
  )
  const found = staticCodes.edges.find(({ node }) => node.place.name === hall) ?? (await applyFor(hall))
  return found.node.url.split('/r/')[1]!
}

/** Applies for the code of a hall as its city, which may grant it at once. */
async function applyFor(hall: string): Promise<{ node: { url: string } }> {
  const token = await signIn(hub, 'city', demoPassword)
  const { halls } = await ask<{ halls: { edges: { node: { id: string; name: string } }[] } }>(
    hub,
    '{ halls(first: 100) { edges { node { id name } } } }',
    {},
    token,
  )
  const { id } = halls.edges.find(({ node }) => node.name === hall)!.node
  const { requestStaticCodes } = await ask<{ requestStaticCodes: { staticCodes: { url: string }[] } }>(
    hub,
    `mutation ($ids: [ID!]!) { requestStaticCodes(input: { subjectKind: HALL, subjectIds: $ids }) {
       ... on RequestStaticCodesSuccess { staticCodes { url } } ... on UserError { code message } } }`,
    { ids: [id] },
    token,
  )
  return { node: requestStaticCodes.staticCodes[0]! }
}
