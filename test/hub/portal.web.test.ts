import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoAgent, demoCitizen, demoOrganisation } from '../../db/seed/demo-people.ts'
import { ask, signIn } from '../kit/ask.ts'
import { followOverWebSocket } from '../kit/feed-client.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import {
  beginSignIn,
  cardOf,
  caseNumbers,
  choosePerson,
  cookiesOf,
  onPhone,
  signedInAs,
  wordsOf,
} from '../kit/portal-pages.ts'
import { type ReviewEvent, ratingsOf, reviewsFeed } from '../kit/reviews-feed.ts'
import { waitFor } from '../kit/wait-for.ts'
import { axeFindings } from '../web/fixtures/axe.ts'
import { hasBrowser, launchBrowser } from '../web/fixtures/browser.ts'
import { doubleText, unreadableTexts } from '../web/fixtures/reflow.ts'

const desk = { viewport: { width: 1440, height: 900 } }

describe.runIf(hasBrowser())('我的评价', () => {
  let hub: HubProcess
  let browser: Browser
  beforeAll(async () => {
    ;[hub, browser] = await Promise.all([startHubProcess(), launchBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })

  test('a citizen signs in, rates one star with a reason, the wall hears of it, he rates once more and never a third time', async () => {
    const supervisor = await signIn(hub, 'supervisor', demoPassword)
    const wall = await followOverWebSocket<ReviewEvent>(hub, { ...reviewsFeed, credential: supervisor })
    const page = await signedInAs(browser, hub, 'citizen')
    const before = await caseNumbers(page)
    expect(before.length).toBeGreaterThan(3)
    const caseNumber = await closedCaseOf(page)
    await rateOneStar(page, caseNumber)

    await page.goto(`${hub.url}/me?show=rated`)
    expect(await caseNumbers(page)).toEqual([caseNumber])
    await expect.poll(() => reloaded(page)).toMatch(/主管机构核实[\s\S]*\d+月\d+日 \d\d:\d\d 前/)
    const [rating] = await evaluationsOf(hub, caseNumber)
    expect(rating).toMatchObject({ score: 1, round: 1, identifiedBy: 'SIGNED_IN', channel: 'MOBILE' })
    await waitFor(() => ratingsOf(wall).includes(rating!.id), 'the rating on the wall')
    await wall.stop()

    const appendAddress = await cardOf(page, caseNumber).locator('.append a').getAttribute('href')
    await page.goto(hub.url + appendAddress)
    expect(await axeFindings(page)).toEqual([])
    await page.locator('label[for="level-4"]').tap()
    await page.locator('.bar button').tap()
    await page.waitForURL(/\/me\?done=appended/)
    expect(await wordsOf(page)).toContain('追评已提交')
    expect(await evaluationsOf(hub, caseNumber)).toMatchObject([
      { score: 1, round: 1 },
      { score: 4, round: 2, identifiedBy: 'SIGNED_IN' },
    ])
    expect(await cardOf(page, caseNumber).locator('.append').count()).toBe(0)

    const third = await page.goto(hub.url + appendAddress)
    expect(third!.status()).toBe(409)
    expect(await wordsOf(page)).toContain('现在不能追评')
    expect((await evaluationsOf(hub, caseNumber)).length).toBe(2)
  })

  test('an agent acts for an organisation, rates its case, and is himself again', async () => {
    const page = await signedInAs(browser, hub, 'agent', desk)
    const own = await caseNumbers(page)
    await page.locator('.mandates button', { hasText: demoOrganisation.name }).click()
    await page.locator('.acting-for').waitFor()
    expect(await wordsOf(page)).toContain(`您正在代表“${demoOrganisation.name}”办事`)
    expect(await axeFindings(page)).toEqual([])
    const ofOrganisation = await caseNumbers(page)
    expect(ofOrganisation.length).toBeGreaterThan(0)
    expect(ofOrganisation.filter(number => own.includes(number))).toEqual([])

    const caseNumber = await closedCaseOf(page)
    await rateOneStar(page, caseNumber)
    expect(await evaluationsOf(hub, caseNumber)).toMatchObject([{ identifiedBy: 'SIGNED_IN', channel: 'PORTAL' }])

    await page.goto(`${hub.url}/me`)
    await page.locator('.acting-for button').click()
    await page.locator('.mandates').waitFor()
    expect(await caseNumbers(page)).toEqual(own)
  })

  test('a wrong password signs nobody in, and five of them end the sign-in', async () => {
    const page = await beginSignIn(browser, hub)
    for (let attempt = 1; attempt < 5; attempt += 1) {
      await choosePerson(page, 'citizen', 'not-the-password')
      await expect.poll(() => wordsOf(page)).toContain('密码不对')
      expect(await axeFindings(page)).toEqual([])
    }
    await choosePerson(page, 'citizen', 'not-the-password')
    await page.waitForURL(/\/me\/callback/)
    expect(await wordsOf(page)).toContain('没有登录')
    expect((await page.context().cookies(hub.url)).map(({ name }) => name)).not.toContain('hub_me')
  })

  test('whoever cancels at the provider is told so and may begin again', async () => {
    const page = await beginSignIn(browser, hub)
    await page.locator('button', { hasText: '取消登录' }).click()
    await page.waitForURL(/\/me\/callback/)
    expect(await wordsOf(page)).toContain('身份认证没有完成')
    await page.locator('a.way').click()
    await page.locator('form[action="/me/sign-in"]').waitFor()
  })

  test('an answer of the provider is taken once, and from the browser that asked for it', async () => {
    const page = await beginSignIn(browser, hub)
    const called: string[] = []
    page.on('request', (request: Request) => {
      if (request.url().includes('/me/callback')) called.push(request.url())
    })
    const pending = await cookiesOf(page, `${hub.url}/me/callback`)
    await choosePerson(page, 'citizen')
    await page.waitForURL(`${hub.url}/me`)
    const replays: Record<string, string>[] = [{}, { cookie: pending }]
    for (const headers of replays) {
      const replay = await fetch(called[0]!, { headers, redirect: 'manual' })
      expect(replay.status).toBe(400)
      expect(await replay.text()).toContain('这次登录已经失效')
      expect(replay.headers.getSetCookie().join()).not.toContain('hub_me=hub_z')
    }
    const other = await beginSignIn(browser, hub)
    const othersPending = await cookiesOf(other, `${hub.url}/me/callback`)
    expect((await fetch(called[0]!, { headers: { cookie: othersPending }, redirect: 'manual' })).status).toBe(400)
    const altered = pending.replace(/.$/, end => (end === 'A' ? 'B' : 'A'))
    expect((await fetch(called[0]!, { headers: { cookie: altered }, redirect: 'manual' })).status).toBe(400)
  })

  test('signing out ends the session at once, also for a copy of its cookie', async () => {
    const page = await signedInAs(browser, hub, 'citizen')
    const cookie = await cookiesOf(page, `${hub.url}/me`)
    const copied = () => fetch(`${hub.url}/me`, { headers: { cookie } })
    expect(await (await copied()).text()).toContain('办件编号')
    await page.locator('form[action="/me/sign-out"] button').tap()
    await expect.poll(() => wordsOf(page)).toContain('您已退出')
    const replayed = await copied()
    expect(replayed.status).toBe(401)
    expect(await replayed.text()).not.toContain('办件编号')
    await page.goto(`${hub.url}/me`)
    expect(await page.locator('form[action="/me/sign-in"]').count()).toBe(1)
  })

  test('cases and ratings of others cannot be opened, rated or appended to', async () => {
    const agent = await signedInAs(browser, hub, 'agent')
    const citizen = await signedInAs(browser, hub, 'citizen')
    const caseNumber = await closedCaseOf(citizen)
    await rateOneStar(citizen, caseNumber)
    const [rating] = await evaluationsOf(hub, caseNumber)
    const foreign = await agent.goto(`${hub.url}/me/append/${rating!.id}`)
    expect(foreign!.status()).toBe(404)
    const cookie = await cookiesOf(agent, `${hub.url}/me`)
    const post = (path: string, fields: Record<string, string>) =>
      fetch(hub.url + path, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams(fields),
        redirect: 'manual',
      })
    expect((await post(`/me/append/${rating!.id}`, { level: 'SATISFIED' })).status).toBe(404)
    const [unrated] = (await caseNumbersToRate(citizen)).filter(number => number !== caseNumber)
    const rated = await post('/me/rate', { caseNumber: unrated! })
    expect(rated.status).toBeGreaterThanOrEqual(400)
    expect(await rated.text()).toContain('现在还不能评价')
    const mandate = await post('/me/act-for', { mandateId: '018f0000-0000-7000-8000-000000000000' })
    expect(mandate.headers.get('location')).toBe('/me?done=not-acting')
    expect((await evaluationsOf(hub, caseNumber)).length).toBe(1)
  })

  test('with JavaScript off a citizen signs in, finds a case by a part of its number and rates it', async () => {
    const page = await signedInAs(browser, hub, 'citizen', { ...onPhone, javaScriptEnabled: false })
    const caseNumber = await closedCaseOf(page)
    await page.fill('#search', caseNumber.slice(-6).toLowerCase())
    await page.locator('form.search button').click()
    await expect.poll(() => caseNumbers(page)).toContain(caseNumber)
    expect(page.url()).toBe(`${hub.url}/me`)
    await cardOf(page, caseNumber).locator('form button').click()
    await page.locator('label[for="level-5"]').click()
    await page.locator('form#rating .bar button').click()
    await page.waitForURL(/\/receipt/)
    expect(await evaluationsOf(hub, caseNumber)).toMatchObject([{ score: 5, identifiedBy: 'SIGNED_IN' }])
    await page.goto(`${hub.url}/me`)
    await page.fill('#search', 'no such number')
    await page.locator('form.search button').click()
    await expect.poll(() => wordsOf(page)).toContain('没有这样的办件编号')
  })

  test('every page reads at 320 px with doubled text and at a desk, in both languages, and axe finds nothing', async () => {
    const narrow = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }
    for (const options of [narrow, desk]) {
      const page = await beginSignIn(browser, hub, options)
      await readable(page)
      await choosePerson(page, 'agent')
      await page.waitForURL(`${hub.url}/me`)
      for (const path of ['/me', '/me?lang=en', '/me?show=rated', '/me?lang=zh&show=unrated']) {
        await page.goto(hub.url + path)
        await readable(page)
      }
      await page.locator('form[action="/me/sign-out"] button').click()
      await page.locator('form[action="/me/sign-in"]').waitFor()
      await readable(page)
    }
  })

  test('no address and no line of the log names a person or a case', async () => {
    const page = await (await browser.newContext(onPhone)).newPage()
    const addresses: string[] = []
    page.on('request', request => addresses.push(request.url()))
    await page.goto(`${hub.url}/me`)
    await page.locator('form[action="/me/sign-in"] button').click()
    await page.waitForURL(/\/demo-identity\/sign-in\//)
    await choosePerson(page, 'citizen')
    await page.waitForURL(`${hub.url}/me`)
    const [caseNumber] = await caseNumbers(page)
    await page.fill('#search', caseNumber!)
    await page.locator('form.search button').click()
    await expect.poll(() => caseNumbers(page)).toEqual([caseNumber])
    const written = decodeURIComponent(addresses.join('\n')) + hub.output()
    for (const { name, documentNumber, phone } of [demoCitizen, demoAgent]) {
      for (const secret of [name, documentNumber, phone]) expect(written).not.toContain(secret)
    }
    expect(written).not.toContain(caseNumber)
    expect(hub.output()).not.toMatch(/hub_z_/)
  })

  async function readable(page: Page): Promise<void> {
    expect(await axeFindings(page)).toEqual([])
    if (page.viewportSize()!.width < 400) await doubleText(page)
    expect(await unreadableTexts(page)).toEqual([])
  }

  async function reloaded(page: Page): Promise<string> {
    await page.reload()
    return wordsOf(page)
  }

  const caseNumbersToRate = (page: Page) =>
    page
      .locator('.own-case', { has: page.locator('form[action="/me/rate"]') })
      .locator('dd.number')
      .allInnerTexts()

  /** The number of a case that was closed as it should be and waits for its rating. */
  async function closedCaseOf(page: Page): Promise<string> {
    await page.goto(`${hub.url}/me`)
    const waiting = page.locator('.own-case', { has: page.locator('form[action="/me/rate"]') })
    return waiting
      .filter({ has: page.locator('.outcome.completed') })
      .filter({ hasText: '办结时间' })
      .first()
      .locator('dd.number')
      .innerText()
  }

  async function rateOneStar(page: Page, caseNumber: string): Promise<void> {
    await page.goto(`${hub.url}/me`)
    await cardOf(page, caseNumber).locator('form[action="/me/rate"] button').click()
    await page.waitForURL(/\/r\/[\w-]{32}$/)
    await page.locator('label[for="level-1"]').click()
    await page.locator('.reasons[data-level="1"] label.item').first().click()
    await page.locator('form#rating .bar button').click()
    await page.waitForURL(/\/receipt/)
  }
})

type SeenRating = { id: string; score: number; round: number; identifiedBy: string; channel: string }

/** Ratings of a case as the management body sees them, the first one first. */
async function evaluationsOf(hub: HubProcess, caseNumber: string): Promise<SeenRating[]> {
  const { serviceCase } = await ask<{ serviceCase: { evaluations: SeenRating[] } }>(
    hub,
    `query Rated($caseNumber: String!) {
      serviceCase(caseNumber: $caseNumber) { evaluations { id score round identifiedBy channel } }
    }`,
    { caseNumber },
    await signIn(hub, 'city', demoPassword),
  )
  return serviceCase.evaluations.toSorted((one, other) => one.round - other.round)
}
