import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, signIn } from '../kit/ask.ts'
import { reportClosedCases, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { hallCode, issuedToken, smsLinkToken } from '../kit/codes-of-each-kind.ts'
import { type FeedClient, followOverWebSocket } from '../kit/feed-client.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { onPhone } from '../kit/portal-pages.ts'
import { readQr } from '../kit/read-qr.ts'
import { type ReviewEvent, ratingsOf, reviewsFeed } from '../kit/reviews-feed.ts'
import { waitFor } from '../kit/wait-for.ts'
import { hasBrowser, launchBrowser } from '../web/fixtures/browser.ts'

// Screen, device and portal have journeys of their own, a reply by SMS has one with a real SMS centre.
describe.runIf(hasBrowser())('a bad rating reaches the wall of its hall', () => {
  let hub: HubProcess
  let browser: Browser
  let facts: WindowFacts
  let city: string
  let wall: FeedClient<ReviewEvent>
  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([startHubProcess(), launchBrowser()])
    facts = await windowFacts(hub)
    city = await signIn(hub, 'city', demoPassword)
    const credential = await signIn(hub, 'supervisor', demoPassword)
    wall = await followOverWebSocket<ReviewEvent>(hub, { ...reviewsFeed, credential })
  })
  afterAll(async () => {
    await wall?.stop()
    await browser?.close()
    await hub?.stop()
  })

  const closedCase = async () => (await reportClosedCases(hub, facts))[0]!

  /** What two independent readers find in a printed sheet; they must agree. */
  async function scanned(path: string, credential: string): Promise<string> {
    const sheet = await fetch(hub.url + path, { headers: { authorization: `Bearer ${credential}` } })
    expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'image/png'])
    const { jsqr, zxing } = await readQr(Buffer.from(await sheet.arrayBuffer()))
    expect(jsqr).toBe(zxing)
    return zxing!
  }

  async function open(address: string, options: object = onPhone): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    await page.goto(address)
    return page
  }

  async function rateOneStar(page: Page): Promise<void> {
    expect(await page.locator('input:checked[name="level"]').count()).toBe(0)
    await page.tap('label[for="level-1"]')
    await page.tap('.reasons[data-level="1"] .item')
    await page.locator('button[type="submit"]').last().tap()
    await page.waitForSelector('.receipt-number')
  }

  /** The rating of this receipt once the wall was told of it. */
  async function onTheWall(page: Page) {
    const receiptNumber = await page.textContent('.receipt-number')
    const { evaluation } = await ask<{ evaluation: { id: string } }>(
      hub,
      'query ($n: String!) { evaluation(receiptNumber: $n) { id } }',
      { n: receiptNumber },
    )
    await waitFor(() => ratingsOf(wall).includes(evaluation.id), 'the rating on the wall')
    const seen = await ask<{ evaluation: object }>(
      hub,
      'query ($id: ID!) { evaluation(id: $id) { score channel identifiedBy serviceCase { caseNumber } hall { name } terminalNumber } }',
      { id: evaluation.id },
      city,
    )
    return seen.evaluation
  }

  test('by the code on the printed receipt, with the digits of the phone', async () => {
    const caseNumber = await closedCase()
    const page = await open(await scanned(`/v1/cases/${caseNumber}/receipt.png`, await hub.key('window-system')))
    await page.fill('input[name="phoneLastFour"]', '1234')
    await rateOneStar(page)
    expect(await onTheWall(page)).toMatchObject({ identifiedBy: 'PHONE_LAST_FOUR', serviceCase: { caseNumber } })
  })

  test('by the poster of the hall, one’s own case found by the phone', async () => {
    const caseNumber = await closedCase()
    const { id } = await hallCode(hub, facts.hall)
    const page = await open(await scanned(`/v1/static-codes/${id}/print?kind=poster&format=png&dpi=100`, city))
    await page.fill('#own-phone', '19900001234')
    await page.tap('form[action$="/cases"] button')
    await page.locator('button.case', { hasText: caseNumber.slice(-4) }).tap()
    await page.waitForSelector('#rating')
    await rateOneStar(page)
    expect(await onTheWall(page)).toMatchObject({
      ...{ channel: 'QR_CODE', identifiedBy: 'PHONE_NUMBER' },
      serviceCase: { caseNumber },
    })
  })

  test('by the poster of the hall, without a case', async () => {
    const { id } = await hallCode(hub, facts.hall)
    const page = await open(await scanned(`/v1/static-codes/${id}/print?kind=poster&format=png&dpi=100`, city))
    await page.tap('a[href$="/direct"]')
    await rateOneStar(page)
    expect(await onTheWall(page)).toMatchObject({ serviceCase: null, hall: { name: facts.hall } })
  })

  test('at a self-service terminal', async () => {
    const caseNumber = await closedCase()
    const token = await issuedToken(hub, 'TERMINAL', caseNumber)
    const page = await open(`${hub.url}/terminal/${token}`, { viewport: { width: 1280, height: 800 }, hasTouch: true })
    await rateOneStar(page)
    expect(await onTheWall(page)).toMatchObject({ terminalNumber: 'ZZ-0031', serviceCase: { caseNumber } })
  })

  test('by the link of an SMS', async () => {
    const caseNumber = await closedCase()
    const page = await open(`${hub.url}/r/${await smsLinkToken(hub, caseNumber)}`)
    await rateOneStar(page)
    expect(await onTheWall(page)).toMatchObject({ identifiedBy: 'SMS_LINK', serviceCase: { caseNumber } })
  })
})
