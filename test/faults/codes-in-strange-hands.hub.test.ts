import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, askRaw, signIn } from '../kit/ask.ts'
import { newCaseNumber, reportClosedCases, submitMutation, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { hallCode, issuedToken, smsLinkToken } from '../kit/codes-of-each-kind.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { ownerUrlOf } from '../kit/owner-url.ts'
import { textOf } from '../web/fixtures/page.ts'

const kinds = ['SCREEN', 'RECEIPT', 'TERMINAL', 'SMS', 'STATIC'] as const
type Kind = (typeof kinds)[number]

let hub: HubProcess
let facts: WindowFacts
let owner: pg.Client
beforeAll(async () => {
  hub = await startHubProcess()
  facts = await windowFacts(hub)
  owner = new pg.Client({ connectionString: await ownerUrlOf(hub) })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await hub?.stop()
})

/** The path of a fresh code's page: of a case closed just now, or of the hall. */
async function freshCode(kind: Kind): Promise<string> {
  if (kind === 'STATIC') return `/r/${(await hallCode(hub, facts.hall)).token}`
  const [caseNumber] = (await reportClosedCases(hub, facts)) as [string]
  // Known by then to whoever takes ratings, so that nothing of the report is still on its way.
  const link = await smsLinkToken(hub, caseNumber)
  if (kind === 'SMS') return `/r/${link}`
  return `/${kind === 'TERMINAL' ? 'terminal' : 'r'}/${await issuedToken(hub, kind, caseNumber)}`
}

const tokenOf = (path: string) => path.split('/').at(-1)!

/** What a browser without JavaScript sends back from the opened form. */
async function openedForm(kind: Kind, path: string): Promise<Record<string, string>> {
  const html = await (await fetch(`${hub.url}${path}${kind === 'STATIC' ? '/direct' : ''}`)).text()
  const formTicket = /name="formTicket" value="([^"]*)"/.exec(html)?.[1]
  return { ...(formTicket && { formTicket }), ...(kind === 'RECEIPT' && { phoneLastFour: '1234' }) }
}

async function handIn(path: string, fields: Record<string, string>) {
  const response = await fetch(hub.url + path, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  })
  return { status: response.status, text: textOf(await response.text()), cookies: response.headers.getSetCookie() }
}

// Link previews of chats and messages, mail scanners, and browsers that load ahead.
const lookers: { method: string; headers: Record<string, string> }[] = [
  { method: 'GET', headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50 NetType/WIFI' } },
  { method: 'GET', headers: { 'user-agent': 'WeChatShareExtension facebookexternalhit/1.1', accept: 'text/html' } },
  { method: 'HEAD', headers: { 'user-agent': 'Mozilla/5.0 (compatible; SafeLinks)' } },
  { method: 'GET', headers: { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch', 'x-moz': 'prefetch' } },
]

/** Rows of each table that codes and ratings touch, and which transaction wrote in it last. */
async function written() {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'evaluations' and tablename ~ '^(rateable_|case_codes|code_|evaluation|static_codes|uploaded_|sms_|device_|prompt_)'`,
  )
  const found: Record<string, unknown> = {}
  for (const { name } of tables) {
    const sql = `select count(*)::int as rows, coalesce(max(xmin::text::bigint), 0)::text as latest from ${name}`
    found[name] = (await owner.query(sql)).rows[0]
  }
  return found
}

describe('F31: a code that machines look at before the person does', () => {
  test.each(kinds)('%s: a hundred looks leave no trace, and the rating is taken', async kind => {
    const path = await freshCode(kind)
    const pages = [path, ...(kind === 'STATIC' ? [`${path}/direct`] : kind === 'TERMINAL' ? [`${path}/later`] : [])]
    const before = await written()
    const looks = await Promise.all(
      Array.from({ length: 100 }, async (_, number) => {
        const page = pages[Math.floor(number / lookers.length) % pages.length]!
        const response = await fetch(hub.url + page, lookers[number % lookers.length]!)
        return `${response.status} ${response.headers.getSetCookie().length}`
      }),
    )
    expect(new Set(looks)).toEqual(new Set(['200 0']))
    expect(await written()).toEqual(before)
    const { status, text } = await handIn(path, { ...(await openedForm(kind, path)), level: 'SATISFIED' })
    expect([kind, status]).toEqual([kind, kind === 'TERMINAL' ? 200 : 303])
    if (kind === 'TERMINAL') expect(text).toContain('评价已提交')
  })
})

describe('F29: a code that was photographed and passed on', () => {
  test.each(['SCREEN', 'RECEIPT', 'SMS'] as const)(
    '%s: the second person learns neither what was said nor its receipt, and changes nothing',
    async kind => {
      const path = await freshCode(kind)
      const [mine, photographed] = [await openedForm(kind, path), await openedForm(kind, path)]
      const said = { ...mine, level: 'DISSATISFIED', 'item-DISSATISFIED': '214', text: '窗口排队两个小时' }
      const { cookies } = await handIn(path, said)
      const receiptNumber = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(decodeURIComponent(cookies.join()))![0]

      const seen = textOf(await (await fetch(hub.url + path)).text())
      const tried = await handIn(path, { ...photographed, level: 'VERY_SATISFIED' })
      expect([tried.status, tried.cookies.filter(cookie => cookie.includes('receipt'))]).toEqual([409, []])
      for (const text of [seen, tried.text]) {
        expect(text).not.toContain(receiptNumber)
        expect(text).not.toMatch(/不满意|排队|02\d{3}/)
      }
      const { rows } = await owner.query<{ level: number }>(
        `select level from evaluations.evaluations where id = (select evaluation_id from evaluations.evaluation_receipts
         order by evaluation_id desc limit 1)`,
      )
      expect(rows).toEqual([{ level: 2 }])
    },
  )

  test('RECEIPT: whoever finds the paper rates nothing without the digits of the phone', async () => {
    const path = await freshCode('RECEIPT')
    const form = await openedForm('RECEIPT', path)
    for (const phoneLastFour of ['', '4321']) {
      const { status, text } = await handIn(path, { ...form, phoneLastFour, level: 'VERY_SATISFIED' })
      expect([status, text.includes('评价已提交')]).toEqual([403, false])
    }
    expect((await handIn(path, { ...form, level: 'VERY_SATISFIED' })).status).toBe(303)
  })
})

describe('F28: the same rating handed in by fifty at once through the router', () => {
  test.each(kinds)('%s: one row, fifty equal receipts, and another content is refused', async kind => {
    const path = await freshCode(kind)
    const input = { token: tokenOf(path), ...(await openedForm(kind, path)), level: 'SATISFIED' }
    type Answer = { submitEvaluation: { isNew: boolean; receiptNumber: string; evaluation: { id: string } } }
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask<Answer>(hub, submitMutation, { input })))
    const given = answers.map(({ submitEvaluation }) => submitEvaluation)
    expect(new Set(given.map(({ receiptNumber, evaluation }) => `${receiptNumber} ${evaluation.id}`)).size).toBe(1)
    expect(given.filter(({ isNew }) => isNew).length).toBe(1)
    const { rows } = await owner.query(
      `select (select count(*)::int from evaluations.evaluations where id = $1) as ratings,
         (select count(*)::int from evaluations.evaluation_keys where evaluation_id = $1) as keys`,
      [given[0]!.evaluation.id],
    )
    expect(rows).toEqual([{ ratings: 1, keys: 1 }])
    const other = await askRaw(hub, submitMutation, { input: { ...input, level: 'VERY_SATISFIED' } })
    expect(other.data).toMatchObject({ submitEvaluation: { code: 'ALREADY_EVALUATED' } })
  })
})

describe('F33: what became of a case after its code was printed', () => {
  /** Reports a case as the window system does, in the version that follows. */
  async function report(caseNumber: string, dataVersion: number, changes: object = {}): Promise<void> {
    const now = Date.now()
    const row = {
      ...facts,
      ...{ caseNumber, dataVersion, state: '3', applicantName: '测试申请人', contactPhone: '19900001234' },
      acceptedAt: new Date(now - 900_000).toISOString(),
      closedAt: new Date(now - 60_000).toISOString(),
      ...changes,
    }
    const { reportCases } = await ask<{ reportCases: { acceptedCount: number } }>(
      hub,
      `mutation ($input: ReportCasesInput!) { reportCases(input: $input) {
         ... on ReportCasesSuccess { acceptedCount results { problems { path code message } } } ... on UserError { code } } }`,
      { input: { cases: [row] } },
      await hub.key('window-system'),
    )
    expect(reportCases).toMatchObject({ acceptedCount: 1 })
  }

  const pageOf = async (token: string) => textOf(await (await fetch(`${hub.url}/r/${token}`)).text())
  const becomes = (token: string, words: string) =>
    expect.poll(() => pageOf(token), { timeout: 20_000 }).toContain(words)

  async function servedBy(caseNumber: string): Promise<{ staffNumber: string; windowNumber: string } | null> {
    const { serviceCase } = await ask<{
      serviceCase: { evaluations: { staffMember: { staffNumber: string }; window: { number: string } }[] }
    }>(
      hub,
      'query ($n: String!) { serviceCase(caseNumber: $n) { evaluations { staffMember { staffNumber } window { number } } } }',
      { n: caseNumber },
      await signIn(hub, 'city', demoPassword),
    )
    const [rating] = serviceCase.evaluations
    return rating ? { staffNumber: rating.staffMember.staffNumber, windowNumber: rating.window.number } : null
  }

  /** Another clerk of the same hall with his window. */
  async function colleague(): Promise<{ staffNumber: string; windowNumber: string; serviceCode: string }> {
    const { rows } = await owner.query(
      `select s.staff_number as "staffNumber", w.number as "windowNumber", m.service_code as "serviceCode"
       from cases.service_cases c join cases.staff_members s on s.id = c.staff_member_id join cases.windows w on w.id = c.window_id
         join cases.service_matters m on m.id = c.matter_id join cases.halls h on h.id = c.hall_id
       where h.name = $1 and s.staff_number <> $2 and w.number <> $3 limit 1`,
      [facts.hall, facts.staffNumber, facts.windowNumber],
    )
    return rows[0]
  }

  test('withdrawn: each of its codes says so and takes nothing; a rating given before stays with who served', async () => {
    const [unrated, rated] = [newCaseNumber(), newCaseNumber()]
    for (const caseNumber of [unrated, rated]) await report(caseNumber, 1)
    const tokens = [
      await issuedToken(hub, 'SCREEN', unrated),
      await issuedToken(hub, 'RECEIPT', unrated),
      await smsLinkToken(hub, unrated),
    ]
    const input = { token: await issuedToken(hub, 'SCREEN', rated), level: 'SATISFIED' }
    await ask(hub, submitMutation, { input })
    for (const caseNumber of [unrated, rated]) await report(caseNumber, 2, { dataState: '0' })
    for (const token of tokens) {
      await becomes(token, '该办件已作废，不能评价')
      const tried = await handIn(`/r/${token}`, { level: 'SATISFIED', phoneLastFour: '1234' })
      expect([tried.status, tried.text.includes('该办件已作废')]).toEqual([409, true])
    }
    expect(await servedBy(rated)).toEqual({ staffNumber: facts.staffNumber, windowNumber: facts.windowNumber })
  })

  test('handed to a colleague: the code keeps who served, and so does the rating', async () => {
    const caseNumber = newCaseNumber()
    await report(caseNumber, 1)
    const token = await issuedToken(hub, 'RECEIPT', caseNumber)
    const other = await colleague()
    await report(caseNumber, 2, { staffNumber: other.staffNumber, windowNumber: other.windowNumber })
    const issuedLater = async () => pageOf(await issuedToken(hub, 'SCREEN', caseNumber))
    await expect.poll(issuedLater, { timeout: 20_000 }).toContain(other.staffNumber)
    expect(await pageOf(token)).toContain(facts.staffNumber)
    const form = await openedForm('RECEIPT', `/r/${token}`)
    expect((await handIn(`/r/${token}`, { ...form, level: 'SATISFIED' })).status).toBe(303)
    expect(await servedBy(caseNumber)).toEqual({ staffNumber: facts.staffNumber, windowNumber: facts.windowNumber })
  })

  test('merged into another: its code names the case to rate instead', async () => {
    const [merged, into] = [newCaseNumber(), newCaseNumber()]
    for (const caseNumber of [merged, into]) await report(caseNumber, 1)
    const token = await issuedToken(hub, 'RECEIPT', merged)
    await report(merged, 2, { dataState: '0', mergedInto: into })
    await becomes(token, `该办件已并入 ${into}，不再单独评价`)
    const tried = await handIn(`/r/${token}`, { level: 'SATISFIED', phoneLastFour: '1234' })
    expect([tried.status, tried.text.includes(into)]).toEqual([409, true])
    expect(await servedBy(merged)).toBeNull()
  })
})
