import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { doubleText, unreadableTexts } from './fixtures/reflow.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

// Only so that a browser that hangs ends some day.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const tablet: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' }

describe.skipIf(!hasBrowser())('the self-service terminal', () => {
  let screens: ScreenServer
  let browser: Browser
  /** The shell of a terminal: a page of another origin. */
  let shell: Server
  const origin = () => `http://127.0.0.1:${(shell.address() as AddressInfo).port}`
  const faults: string[] = []
  beforeAll(async () => {
    shell = createServer((request, response) => {
      const frame = new URL(request.url!, 'http://shell').searchParams.get('frame')
      response.setHeader('content-type', 'text/html')
      response.end(
        `<script>heard = []; addEventListener('message', e => heard.push(e.data))</script><iframe src="${frame}"></iframe>`,
      )
    })
    await new Promise<void>(listening => shell.listen(0, '127.0.0.1', listening))
    screens = await startScreens({ allowedOrigins: [origin()] })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await screens?.stop()
    shell?.close()
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(faults.splice(0)).toEqual([])
  })

  const code = (more: object = {}) => screens.graph.addCode({ kind: 'TERMINAL', terminalNumber: 'ZZ-0031', ...more })
  async function blank(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ ...tablet, ...options })
    const page = await context.newPage()
    page.on('pageerror', error => faults.push(error.message))
    await page.addInitScript('print = () => (document.documentElement.dataset.printed = "yes")')
    return page
  }
  async function open(token: string, options: BrowserContextOptions = {}, query = ''): Promise<Page> {
    const page = await blank(options)
    await page.goto(`${screens.url}/terminal/${token}${query}`)
    return page
  }

  for (const javaScriptEnabled of [true, false]) {
    it(`all levels cost the same taps, and the reason one more, with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
      const taps: number[] = []
      for (const score of [1, 2, 3, 4, 5]) {
        const token = code()
        const page = await open(token, { javaScriptEnabled })
        const way = [`label[for="level-${score}"]`, 'button[type="submit"]']
        if (score <= 2) way.splice(1, 0, `.reasons[data-level="${score}"] .item`)
        for (const target of way) await page.click(target)
        await page.waitForSelector('.receipt-number')
        expect(await page.textContent('.receipt-number')).toBe(screens.graph.ratings.get(token)!.receiptNumber)
        taps.push(way.length)
      }
      expect(taps).toEqual([3, 3, 2, 2, 2])
    })
  }

  it('asks after half a minute, counts ten seconds down, then prints the code and clears; nothing is submitted', async () => {
    const token = code()
    const page = await blank()
    await page.clock.install()
    await page.goto(`${screens.url}/terminal/${token}`)
    await page.click('label[for="level-1"]')
    await page.clock.runFor(29_000)
    expect(await page.isVisible('#idle')).toBe(false)
    await page.clock.runFor(2_000)
    expect(await page.isVisible('#idle')).toBe(true)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('idle-stay')
    await page.clock.runFor(4_000)
    expect(await page.textContent('#idle-left')).toMatch(/^[56] 秒后清空本页，不会自动提交评价$/)
    await page.clock.runFor(6_000)
    await page.waitForURL('**/later?lang=zh')
    expect(await page.getAttribute('html', 'data-printed')).toBe('yes')
    await page.clock.runFor(31_000)
    await page.waitForURL('**/done?lang=zh')
    expect(screens.graph.ratings.has(token)).toBe(false)
    expect(await page.textContent('main')).not.toContain('企业设立登记')
    await page.goBack().catch(() => null)
    expect(await page.locator('#level-1:checked').count()).toBe(0)
  })

  it('a touch or a key stays, with what was chosen', async () => {
    const page = await blank()
    await page.clock.install()
    await page.goto(`${screens.url}/terminal/${code()}`)
    await page.click('label[for="level-2"]')
    await page.clock.runFor(35_000)
    await page.click('#idle-stay')
    expect(await page.isVisible('#idle')).toBe(false)
    await page.clock.runFor(35_000)
    await page.keyboard.press('Space')
    expect([await page.isVisible('#idle'), await page.isChecked('#level-2')]).toEqual([false, true])
    expect(page.url()).not.toContain('/later')
  })

  it('leaves nothing in storage and no cookie, and its last page empties what others left', async () => {
    const token = code()
    const page = await open(token, {}, '?lang=en')
    await page.context().addCookies([{ name: 'hub_me', value: 'someone', url: screens.url }])
    await page.evaluate(() => localStorage.setItem('left', 'behind'))
    await page.click('label[for="level-4"]')
    await page.click('button[type="submit"]')
    await page.waitForSelector('.receipt-number')
    expect(await page.evaluate(() => [sessionStorage.length, Object.keys(localStorage)])).toEqual([0, ['left']])
    await page.click('.ways .way')
    await page.waitForURL('**/done?lang=en')
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    expect(await page.context().cookies(screens.url)).toEqual([])
  })

  it('tells the shell that frames it that it lives, and when it is cleared', async () => {
    const token = code()
    const page = await blank()
    const frame = (step: string) =>
      `${origin()}/?frame=${encodeURIComponent(`${screens.url}/terminal/${token}${step}`)}`
    await page.goto(frame(''))
    await page.waitForFunction('heard.length >= 2')
    expect(await page.evaluate('heard[0]')).toEqual({ type: 'haochaping', state: 'alive' })
    await page.goto(frame('/done'))
    await page.waitForFunction('heard.length >= 1')
    expect(await page.evaluate('heard[0]')).toEqual({ type: 'haochaping', state: 'done' })
  })

  it('is framed by nobody else', async () => {
    const page = await blank()
    const elsewhere = origin().replace('127.0.0.1', 'localhost')
    await page.goto(`${elsewhere}/?frame=${encodeURIComponent(`${screens.url}/terminal/${code()}`)}`)
    await page.waitForLoadState('load')
    expect(await page.frames()[1]!.locator('#stage').count()).toBe(0)
    expect(await page.evaluate('heard')).toEqual([])
  })

  const states: [string, (page: Page) => Promise<unknown>][] = [
    ['the form', async () => {}],
    ['a bad level', page => page.click('label[for="level-1"]')],
    [
      'the receipt',
      async page => {
        await page.click('label[for="level-5"]')
        await page.click('button[type="submit"]')
        await page.waitForSelector('.receipt-number')
      },
    ],
    ['the code to take home', page => page.click('a[href*="/later"]')],
    ['the end', page => page.goto(page.url().replace('?', '/done?'))],
  ]
  for (const [state, reach] of states) {
    for (const language of ['zh', 'en']) {
      it(`${state} (${language}): axe finds nothing, and every target is large`, async () => {
        const page = await open(code(), {}, `?lang=${language}`)
        await reach(page)
        expect(await axeFindings(page)).toEqual([])
        const low = await page.$$eval('button, .way, .level, .item span, .masthead a', elements =>
          elements
            .filter(element => element.checkVisibility() && element.getBoundingClientRect().height < 60)
            .map(element => element.textContent),
        )
        expect(low).toEqual([])
      })

      it(`${state} (${language}): readable at 320 px with doubled text`, async () => {
        const page = await open(code(), { viewport: { width: 320, height: 640 } }, `?lang=${language}`)
        await reach(page)
        await doubleText(page)
        expect(await unreadableTexts(page)).toEqual([])
      })
    }
  }
})
