import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, signIn } from '../kit/ask.ts'
import { reportClosedCases, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { type FeedClient, followOverWebSocket } from '../kit/feed-client.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { type Line, openLine } from '../kit/line.ts'
import { type ReviewEvent, ratingsOf, reviewsFeed } from '../kit/reviews-feed.ts'
import { waitFor } from '../kit/wait-for.ts'
import { hasBrowser, launchBrowser } from '../web/fixtures/browser.ts'

type Rated = { id: string; level: string; channel: string; evaluatedAt: string; committedAt: string }

describe.runIf(hasBrowser())('the window device on a line that fails', () => {
  let hub: HubProcess
  let line: Line
  let browser: Browser
  let tablet: BrowserContext
  let facts: WindowFacts
  let supervisor: string
  let wall: FeedClient<ReviewEvent>
  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([startHubProcess(), launchBrowser()])
    line = await openLine(hub.url)
    facts = await windowFacts(hub)
    supervisor = await signIn(hub, 'supervisor', demoPassword)
    wall = await followOverWebSocket<ReviewEvent>(hub, { ...reviewsFeed, credential: supervisor })
    tablet = await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })
  })
  afterAll(async () => {
    await wall?.stop()
    await browser?.close()
    await line?.stop()
    await hub?.stop()
  })

  /** Opens the page over the line; answers it with the numbers of cases that it can rate, in the order in which they were opened. */
  async function openKiosk(): Promise<{ page: Page; opened: string[] }> {
    const page = await tablet.newPage()
    const opened: string[] = []
    page.on('response', async response => {
      const variables = response.request().postDataJSON()?.variables
      if (response.url().endsWith('/graphql') && variables?.caseId) opened.push(variables.caseId)
    })
    await page.goto(`${line.url}/kiosk`)
    return { page, opened }
  }

  async function ratingsOfCase(caseNumber: string): Promise<Rated[]> {
    const { serviceCase } = await ask<{ serviceCase: { evaluations: Rated[] } }>(
      hub,
      `query($caseNumber: String!) {
        serviceCase(caseNumber: $caseNumber) { evaluations { id level channel evaluatedAt committedAt } }
      }`,
      { caseNumber },
      supervisor,
    )
    return serviceCase.evaluations
  }

  const shownCase = (page: Page) => page.locator('.case-head dd').nth(1).textContent()

  async function rate(page: Page, score: number): Promise<number> {
    await page
      .locator('.level-card')
      .nth(score - 1)
      .tap()
    if (score <= 2) await page.locator('.item-grid label').first().tap()
    const at = Date.now()
    await page.tap('.choice .submit')
    await page.waitForSelector('.calm')
    return at
  }

  test('cut in the middle of a rating, switched off after three more and restored later: each is kept once, at its own time, the bad ones on the wall', async () => {
    const { page, opened } = await openKiosk()
    await page.fill('#device-key', await hub.key('kiosk'))
    await page.click('.key-form .submit')
    await page.waitForSelector('.online')
    const first = await waitFor(async () => {
      // The subscription begins at its present end: what was closed a moment before it stands is not its concern.
      const [caseNumber] = await reportClosedCases(hub, facts)
      await page.waitForSelector('.levels', { timeout: 5000 }).catch(() => {})
      return (await page.locator('.levels').count()) > 0 && caseNumber
    }, 'the case on the screen')
    expect(await shownCase(page)).toBe(first)
    await page.locator('.level-card').first().tap()
    const known = opened.length
    const others: string[] = []
    for (let index = 0; index < 3; index++) {
      others.push(...(await reportClosedCases(hub, facts)))
      await waitFor(() => opened.length === known + index + 1, 'the form of whoever waits')
    }

    line.cut()
    await page.waitForSelector('.offline', { timeout: 60_000 })
    const given = new Map([[first, { score: 1, at: await rate(page, 1) }]])
    for (const score of [4, 2, 5]) {
      await page.tap('.calm .submit')
      await page.waitForSelector('.levels')
      const caseNumber = (await shownCase(page))!
      given.set(caseNumber, { score, at: await rate(page, score) })
    }
    await expect.poll(() => page.textContent('.calm')).toContain('离线·已保存 4 条')
    expect([...given.keys()]).toEqual([first, ...others])
    await page.close()
    for (const caseNumber of given.keys()) expect(await ratingsOfCase(caseNumber)).toEqual([])
    const resumedAt = Date.now()
    line.mend()

    const again = await openKiosk()
    await again.page.waitForFunction(() => document.querySelector('.online')?.textContent === '在线')
    const negative: string[] = []
    for (const [caseNumber, { score, at }] of given) {
      const ratings = await waitFor(async () => {
        const found = await ratingsOfCase(caseNumber)
        return found.length > 0 && found
      }, `the rating of ${caseNumber}`)
      const level = ['VERY_DISSATISFIED', 'DISSATISFIED', '', 'SATISFIED', 'VERY_SATISFIED'][score - 1]
      expect(ratings).toMatchObject([{ level, channel: 'WINDOW_DEVICE' }])
      const [rating] = ratings as [Rated]
      expect(Math.abs(Date.parse(rating.evaluatedAt) - at)).toBeLessThan(10_000)
      expect(Date.parse(rating.evaluatedAt)).toBeLessThan(resumedAt)
      expect(Date.parse(rating.committedAt)).toBeGreaterThanOrEqual(resumedAt)
      if (score <= 2) negative.push(rating.id)
    }
    await waitFor(() => ratingsOf(wall).length >= 2, 'both bad ratings on the wall')
    expect(ratingsOf(wall).toSorted()).toEqual(negative.toSorted())
    await again.page.close()
  })

  test('the ledger says what came from it, that nothing is missing, and how often it was woken by hand', async () => {
    const [caseNumber] = await reportClosedCases(hub, facts)
    const { page } = await openKiosk()
    await page.waitForSelector('.online')
    await page.tap('.controls button >> nth=0')
    await page
      .locator('.wake li button', { hasText: caseNumber!.slice(-4) })
      .first()
      .tap()
    await page.waitForSelector('.levels')
    expect(await shownCase(page)).toBe(caseNumber)
    const { devices } = await ask<{ devices: { edges: { node: Record<string, unknown> }[] } }>(
      hub,
      `{ devices(first: 100) { edges { node { name missingCounters manualWakeCount(days: 1) evaluationCount(days: 1) } } } }`,
      {},
      supervisor,
    )
    const used = devices.edges.map(({ node }) => node).filter(({ manualWakeCount }) => manualWakeCount !== 0)
    expect(used).toMatchObject([{ missingCounters: [], manualWakeCount: 1, evaluationCount: 4 }])
    await page.close()
  })
})
