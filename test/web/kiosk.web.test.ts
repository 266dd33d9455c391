import jsQR from 'jsqr'
import type { Browser, Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { doubleText, unreadableTexts } from './fixtures/reflow.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

// Only so that a browser that hangs ends some day.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

describe.skipIf(!hasBrowser())('the window device', () => {
  let screens: ScreenServer
  let browser: Browser
  const faults: string[] = []
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    screens = await startScreens()
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    await screens.stop()
    expect(faults.splice(0)).toEqual([])
  })

  async function tablet(query = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })
    const page = await context.newPage()
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (/Content Security Policy/.test(message.text())) faults.push(message.text())
    })
    await page.clock.install()
    await page.goto(`${screens.url}/kiosk${query}`)
    return page
  }

  async function signedIn(query = ''): Promise<Page> {
    const page = await tablet(query)
    await page.fill('#device-key', 'hub_demo_device')
    await page.click('.key-form .submit')
    await page.waitForSelector('.online')
    await vi.waitUntil(() => screens.graph.asked.includes('serviceCaseClosed'))
    return page
  }

  async function withCase(query = ''): Promise<Page> {
    const page = await signedIn(query)
    screens.graph.close()
    await page.waitForSelector('.levels')
    return page
  }

  const level = (score: number) => `.level-card >> nth=${score - 1}`

  it('takes a device’s key once and refuses any other in words', async () => {
    const page = await tablet()
    for (const [key, words] of [
      ['nonsense', '密钥不正确或已停用'],
      ['hub_demo_windowsystem', '这不是窗口设备的密钥'],
    ]) {
      await page.fill('#device-key', key!)
      await page.click('.key-form .submit')
      await page.waitForFunction(wanted => document.querySelector('.problem')?.textContent?.includes(wanted!), words)
    }
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    await page.fill('#device-key', 'hub_demo_device')
    await page.click('.key-form .submit')
    await page.waitForSelector('.online')
    await page.reload()
    await page.waitForSelector('.online')
    expect(await page.textContent('h1')).toBe('请等待业务办结')
  })

  it('shows matter, case number, staff number and name of a case as soon as it is closed', async () => {
    const page = await withCase()
    expect(await page.$$eval('.case-head dd', values => values.map(value => value.textContent))).toEqual([
      '企业设立登记',
      '410102202611210001234567',
      '0417',
      '张晓雨',
    ])
  })

  it('its code, read by an independent decoder, is the address of this case', async () => {
    const page = await withCase()
    const image = PNG.sync.read(await page.locator('.phone img').screenshot({ scale: 'device' }))
    const read = jsQR(new Uint8ClampedArray(image.data), image.width, image.height)
    const token = [...screens.graph.codes.keys()].at(-1)!
    expect(read?.data).toBe(`http://127.0.0.1:4000/r/${token}`)
  })

  it('a bad rating takes one reason more than a good one, and ends with its receipt', async () => {
    const page = await withCase()
    await page.tap(level(1))
    expect(await page.textContent('.choice .submit')).toBe('请先选择一项原因')
    expect(await page.locator('.item-grid label').count()).toBe(8)
    await page.tap('.item-grid label >> nth=2')
    await page.tap('.choice .submit')
    await page.waitForSelector('.receipt-number')
    const [rating] = [...screens.graph.ratings.values()]
    expect(await page.textContent('.receipt-number')).toBe(rating!.receiptNumber)
    expect(rating!.input).toMatchObject({ level: 'VERY_DISSATISFIED', items: ['110'], isAnonymous: false })
    expect(rating!.input.formTicket).toBe(`ticket-${rating!.input.token}`)
    expect(await page.textContent('.calm')).toContain('主管机构将在 24 小时内核实')
  })

  it('a good rating takes two taps', async () => {
    const page = await withCase()
    await page.tap(level(4))
    await page.tap('.choice .submit')
    await page.waitForSelector('.receipt-number')
    expect([...screens.graph.ratings.values()].map(({ input }) => [input.level, input.items])).toEqual([
      ['SATISFIED', []],
    ])
  })

  it('offers no place to write', async () => {
    const page = await withCase()
    await page.tap(level(2))
    expect(
      await page.locator('textarea, input:not([type="radio"]):not([type="checkbox"]), [contenteditable]').count(),
    ).toBe(0)
  })

  it('left alone it asks, counts down and clears everything; nothing is submitted', async () => {
    const page = await withCase()
    await page.tap(level(5))
    await page.clock.runFor(29_000)
    expect(await page.locator('.countdown').count()).toBe(0)
    await page.clock.runFor(2000)
    await page.waitForSelector('.countdown')
    expect(await page.textContent('.countdown p')).toMatch(/^(9|10) 秒后清除，未提交的内容不会保存$/)
    await page.tap('.countdown .submit')
    await page.waitForSelector('.countdown', { state: 'detached' })
    expect(await page.locator('.level-card').count()).toBe(5)
    await page.clock.runFor(41_000)
    await page.waitForSelector('.calm')
    const left = await page.content()
    for (const trace of ['410102202611210001234567', '张晓雨', '/r/', 'data:image']) expect(left).not.toContain(trace)
    expect(screens.graph.asked).not.toContain('submitEvaluation')
  })

  it('asks for a fresh code before the old one is too old, and the rating begun stays valid', async () => {
    const page = await withCase()
    await page.tap(level(4))
    const first = await page.getAttribute('.phone img', 'src')
    await page.clock.runFor(25_000)
    await page.tap(level(5))
    await page.clock.runFor(25_000)
    await page.tap(level(4))
    await page.clock.runFor(15_000)
    await page.waitForFunction(before => document.querySelector('.phone img')?.getAttribute('src') !== before, first)
    expect(screens.graph.asked.filter(name => name === 'issueRatingCode')).toHaveLength(2)
    await page.tap('.choice .submit')
    await page.waitForSelector('.receipt-number')
    const [[token]] = [...screens.graph.ratings] as [[string, unknown]]
    expect(token).toBe([...screens.graph.codes.keys()][0])
  })

  it('a case rated on the phone meanwhile is said to be rated', async () => {
    const page = await withCase()
    const token = [...screens.graph.codes.keys()].at(-1)!
    await screens.graph.execute({
      text: 'mutation($token: String!) { submitEvaluation(input: { token: $token, level: SATISFIED }) { __typename } }',
      variables: { token },
    })
    await page.tap(level(5))
    await page.tap('.choice .submit')
    await page.waitForSelector('.calm')
    expect(await page.textContent('.calm')).toBe('本次服务已经评价过，以首次评价为准凭首次评价的回执编号可查看进展。')
  })

  it('says honestly when it is offline, keeps what was chosen, and goes on afterwards', async () => {
    const page = await withCase()
    await page.tap(level(4))
    screens.cut({ stay: true })
    await page.waitForSelector('.offline')
    expect(await page.textContent('footer [role="status"]')).toMatch(/^离线，正在重连（第 \d+ 次）$/)
    await page.tap('.choice .submit')
    await page.waitForSelector('.problem')
    expect(await page.textContent('.problem')).toContain('网络不通，评价还没有提交')
    expect(screens.graph.ratings.size).toBe(0)
    screens.restore()
    await page.tap('.choice .submit')
    await page.waitForSelector('.receipt-number')
    await page.clock.runFor(15_000)
    await page.waitForSelector('.online')
  })

  it('a case closed during a short break is shown after it', async () => {
    const page = await signedIn()
    screens.cut({ stay: true })
    await page.waitForSelector('.offline')
    screens.graph.close({ id: 'case-2', matter: { id: 'm', name: '居民身份证换领' } })
    screens.restore()
    await page.clock.runFor(15_000)
    await page.waitForSelector('.levels')
    expect(await page.textContent('.case-head .matter dd')).toBe('居民身份证换领')
  })

  it('everything of a bad rating fits the tablet without scrolling, and targets are large', async () => {
    const page = await withCase()
    await page.tap(level(1))
    const size = await page.evaluate(() => [
      document.documentElement.scrollHeight,
      document.documentElement.scrollWidth,
    ])
    expect(size).toEqual([800, 1280])
    const heights = await page.$$eval('.level-card, .item-grid span, .choice .submit', elements =>
      elements.map(element => Math.round(element.getBoundingClientRect().height)),
    )
    expect(heights).toHaveLength(14)
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(59)
    expect(await unreadableTexts(page)).toEqual([])
  })

  it('the five levels are one Tab stop; arrows look around without choosing', async () => {
    const page = await withCase()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('.levels input:checked').count()).toBe(0)
    await page.keyboard.press('Enter')
    expect(
      await page.$$eval('.levels input', inputs => inputs.map(input => (input as HTMLInputElement).checked)),
    ).toEqual([false, false, true, false, false])
  })

  for (const language of ['zh', 'en']) {
    it(`axe finds nothing on any of its screens (${language})`, async () => {
      const page = await tablet(`?lang=${language}`)
      expect(await axeFindings(page)).toEqual([])
      await page.fill('#device-key', 'hub_demo_device')
      await page.click('.key-form .submit')
      await page.waitForSelector('.online')
      await vi.waitUntil(() => screens.graph.asked.includes('serviceCaseClosed'))
      expect(await axeFindings(page)).toEqual([])
      screens.graph.close()
      await page.waitForSelector('.levels')
      expect(await axeFindings(page)).toEqual([])
      await page.tap(level(1))
      await page.tap('.item-grid label >> nth=0')
      expect(await axeFindings(page)).toEqual([])
      await page.clock.runFor(31_000)
      await page.waitForSelector('.countdown')
      expect(await axeFindings(page)).toEqual([])
      await page.tap('.countdown .submit')
      await page.tap('.choice .submit')
      await page.waitForSelector('.receipt-number')
      expect(await axeFindings(page)).toEqual([])
    })
  }

  it('stays readable with doubled text', async () => {
    const page = await withCase('?lang=en')
    await page.tap(level(1))
    await doubleText(page)
    expect(await unreadableTexts(page)).toEqual([])
  })
})
