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
    expect(screens.graph.asked).not.toContain('submitDeviceEvaluations')
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
    await page.waitForFunction(
      () => document.querySelector('.calm h1')?.textContent === '本次服务已经评价过，以首次评价为准',
    )
    expect(screens.graph.ratings.size).toBe(1)
  })

  it('a rating given while it is offline is saved at once, survives a reload and arrives once with its own time', async () => {
    const page = await withCase()
    await page.tap(level(1))
    screens.cut({ stay: true })
    await page.waitForSelector('.offline')
    await page.tap('.item-grid label >> nth=0')
    const given = Date.now()
    await page.tap('.choice .submit')
    await page.waitForFunction(() =>
      document.querySelector('.calm')?.textContent?.includes('已保存（离线·已保存 1 条）'),
    )
    expect(await page.textContent('footer [role="status"]')).toMatch(/^离线·已保存 1 条，正在重连（第 \d+ 次）$/)
    await page.clock.runFor(60_000)
    expect(screens.graph.ratings.size).toBe(0)
    await page.reload()
    await page.waitForSelector('.offline')
    screens.restore()
    await page.clock.runFor(15_000)
    await vi.waitUntil(() => screens.graph.entries.length > 0)
    await page.waitForFunction(() => document.querySelector('.online')?.textContent === '在线')
    expect(screens.graph.entries).toEqual([
      {
        counter: 1,
        givenAt: expect.any(String),
        token: [...screens.graph.codes.keys()][0],
        formTicket: expect.stringContaining('ticket-'),
        level: 'VERY_DISSATISFIED',
        items: ['108'],
      },
    ])
    expect(Math.abs(Date.parse(screens.graph.entries[0]!.givenAt) - given)).toBeLessThan(10_000)
    expect(screens.graph.ratings.size).toBe(1)
  })

  it('people whose cases were closed before the network went can still rate, one after the other', async () => {
    const page = await withCase()
    await page.tap(level(4))
    const names = ['第二位', '第三位', '第四位']
    for (const [index, name] of names.entries()) {
      screens.graph.close({
        id: `waiting-${index}`,
        caseNumber: `41010220261121000200000${index}`,
        matter: { id: 'm', name },
      })
    }
    await vi.waitUntil(() => screens.graph.asked.filter(name => name === 'ratingForm').length === 4)
    screens.cut({ stay: true })
    await page.waitForSelector('.offline')
    await page.tap('.choice .submit')
    for (const name of names) {
      await page.tap('.calm .submit')
      await page.waitForFunction(wanted => document.querySelector('.matter dd')?.textContent === wanted, name)
      await page.tap(level(5))
      await page.tap('.choice .submit')
      await page.waitForSelector('.calm')
    }
    expect(await page.textContent('.calm')).toContain('离线·已保存 4 条')
    screens.restore()
    await page.clock.runFor(15_000)
    await vi.waitUntil(() => screens.graph.entries.length === 4)
    expect(screens.graph.entries.map(({ counter, level: given }) => [counter, given])).toEqual([
      [1, 'SATISFIED'],
      [2, 'VERY_SATISFIED'],
      [3, 'VERY_SATISFIED'],
      [4, 'VERY_SATISFIED'],
    ])
    expect(screens.graph.ratings.size).toBe(4)
  })

  it('a code that the network keeps from being renewed is taken away instead of leading nowhere', async () => {
    const page = await withCase()
    screens.cut({ stay: true })
    await page.waitForSelector('.offline')
    await page.tap(level(4))
    await page.clock.runFor(25_000)
    await page.tap(level(5))
    await page.clock.runFor(25_000)
    await page.tap(level(4))
    await page.clock.runFor(15_000)
    await page.waitForSelector('.code-old')
    expect(await page.locator('.code-now img').count()).toBe(0)
  })

  it('the signing key cannot be taken out of the device, and nothing of a rating stays in it', async () => {
    const page = await withCase()
    await page.tap(level(5))
    await page.tap('.choice .submit')
    await page.waitForSelector('.receipt-number')
    await page.tap('.calm .submit')
    const kept = await page.evaluate(async () => {
      const open = indexedDB.open('kiosk-d1')
      const db = await new Promise<IDBDatabase>(resolve => {
        open.onsuccess = () => resolve(open.result)
      })
      const read = (store: string) =>
        new Promise<unknown[]>(resolve => {
          const all = db.transaction(store).objectStore(store).getAll()
          all.onsuccess = () => resolve(all.result)
        })
      const [pair] = (await read('keys')) as CryptoKeyPair[]
      const secret = await crypto.subtle.exportKey('jwk', pair!.privateKey).catch(fault => fault.name)
      return { entries: await read('entries'), facts: await read('facts'), secret }
    })
    expect(kept).toEqual({ entries: [], facts: [true, 1], secret: 'InvalidAccessError' })
  })

  it('prompts the clerk once per case, and no level moves away under the finger', async () => {
    screens.graph.promptDuty = '请提示群众评价，不得代评。Ask, never rate yourself.'
    const page = await withCase()
    expect(await page.textContent('.clerk')).toBe('窗口工作人员：请提示群众评价，不得代评。')
    await page.setViewportSize({ width: 320, height: 640 })
    const box = (await page.locator(level(1)).boundingBox())!
    await page.mouse.move(box.x + 40, box.y + 4)
    await page.mouse.down()
    await page.clock.runFor(1000)
    await page.mouse.up()
    expect(await page.locator('.levels input').first().isChecked()).toBe(true)
    expect(await page.locator('.clerk').count()).toBe(0)
  })

  it('shows the static code of whoever served, and none where there is none', async () => {
    screens.graph.staticCode = { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>' }
    const page = await withCase()
    expect(await page.textContent('.static-code')).toBe('工作人员静态码')
    screens.graph.staticCode = null
    screens.graph.close({ id: 'case-2', caseNumber: '410102202611210009999999' })
    await page.waitForFunction(() => !document.querySelector('.static-code') && document.querySelector('.levels'))
  })

  it('speaks the question and each label that is touched, as loud as was chosen, and remembers it', async () => {
    const page = await signedIn()
    const listen = () =>
      page.evaluate(() => {
        const heard: [string, number, string][] = []
        Object.assign(window, { heard })
        speechSynthesis.speak = spoken => heard.push([spoken.text, spoken.volume, spoken.lang])
      })
    const heard = () =>
      page.evaluate(() => (window as unknown as { heard: [string, number, string][] }).heard.splice(0))
    await listen()
    screens.graph.close()
    await page.waitForSelector('.levels')
    await page.tap(level(2))
    await page.tap('.item-grid label >> nth=0')
    await page.tap('.item-grid label >> nth=0')
    expect(await heard()).toEqual([
      ['您对本次服务满意吗？', 1, 'zh-CN'],
      ['不满意', 1, 'zh-CN'],
      ['没有提供材料样本', 1, 'zh-CN'],
    ])
    const volume = page.locator('.controls button', { hasText: '语音' })
    await volume.tap()
    await page.tap(level(4))
    expect((await heard()).map(([text, loudness]) => [text, loudness < 0.5])).toEqual([
      ['语音：小声', true],
      ['满意', true],
    ])
    await volume.tap()
    await page.tap(level(5))
    expect(await heard()).toEqual([])
    await page.reload()
    await page.waitForSelector('.online')
    expect(await volume.textContent()).toBe('语音：关')
  })

  it('works where there is no voice at all', async () => {
    const page = await signedIn()
    await page.evaluate(() => Object.defineProperty(window, 'speechSynthesis', { value: undefined }))
    screens.graph.close()
    await page.waitForSelector('.levels')
    await page.tap(level(5))
    await page.tap('.choice .submit')
    await page.waitForSelector('.receipt-number')
  })

  it('woken by hand it shows the chosen case, and the hub has counted it', async () => {
    const page = await withCase()
    await page.clock.runFor(41_000)
    await page.tap('.controls button >> nth=0')
    await page.waitForSelector('.wake li')
    expect(await page.textContent('.wake-count')).toBe('今天已手动唤起 0 次')
    const listed = await page.textContent('.wake li')
    expect(listed).toMatch(/^企业设立登记尾号 4567　\d\d:\d\d 办结$/)
    await page.tap('.wake li button')
    await page.waitForSelector('.levels')
    expect(screens.graph.manualWakes).toEqual(['410102202611210001234567'])
    await page.clock.runFor(41_000)
    await page.tap('.controls button >> nth=0')
    await page.waitForSelector('.wake li')
    expect(await page.textContent('.wake-count')).toBe('今天已手动唤起 1 次')
    await page.clock.runFor(31_000)
    await page.waitForSelector('.calm')
    expect(await page.content()).not.toContain('4567')
  })

  it('cannot be woken by hand while nobody can count it', async () => {
    const page = await withCase()
    await page.clock.runFor(41_000)
    await page.tap('.controls button >> nth=0')
    await page.waitForSelector('.wake li')
    screens.cut({ stay: true })
    await page.tap('.wake li button')
    await page.waitForSelector('.wake .problem')
    expect(await page.textContent('.wake .problem')).toBe('网络不通，现在不能手动唤起。')
    expect(await page.locator('.levels').count()).toBe(0)
  })

  it('a whole bad rating can be given with Tab, arrows and the space bar', async () => {
    const page = await withCase()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await page.waitForSelector('.item-grid')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    for (let stop = 0; stop < 8; stop++) await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const { outlineWidth, outlineStyle, boxShadow } = getComputedStyle(document.activeElement!)
      return {
        words: document.activeElement!.textContent,
        outlineWidth,
        outlineStyle,
        hasInnerRing: boxShadow !== 'none',
      }
    })
    expect(focused).toEqual({ words: '提交评价', outlineWidth: '3px', outlineStyle: 'solid', hasInnerRing: true })
    await page.keyboard.press('Enter')
    await page.waitForSelector('.receipt-number')
    expect([...screens.graph.ratings.values()].map(({ input }) => [input.level, input.items])).toEqual([
      ['DISSATISFIED', ['207']],
    ])
  })

  for (const [width, height] of [
    [1280, 800],
    [800, 1280],
    [320, 568],
  ] as const) {
    it(`every target is at least 60 px and every label whole at ${width} × ${height}, also with doubled text`, async () => {
      screens.graph.promptDuty = '请提示群众评价，不得代评。'
      const page = await signedIn('?lang=en')
      await page.setViewportSize({ width, height })
      const small = () =>
        page.$$eval('button, .level-card, .item-grid span', targets =>
          targets
            .map(target => ({ words: target.textContent, height: target.getBoundingClientRect().height }))
            .filter(target => target.height < 60),
        )
      const looksRight = async () => {
        expect(await small()).toEqual([])
        expect(await unreadableTexts(page)).toEqual([])
      }
      await looksRight()
      screens.graph.close()
      await page.waitForSelector('.levels')
      await looksRight()
      const sizes = await page.$$eval('.level-card', cards => cards.map(card => card.getBoundingClientRect()))
      expect(new Set(sizes.map(size => `${Math.round(size.width)}×${Math.round(size.height)}`)).size).toBe(1)
      await page.tap(level(1))
      await looksRight()
      await doubleText(page)
      await looksRight()
      await page.tap('.item-grid label >> nth=0')
      await page.tap('.choice .submit')
      await page.waitForSelector('.receipt-number')
      await looksRight()
      await page.tap('.calm .submit')
      await page.tap('.controls button >> nth=0')
      await page.waitForSelector('.wake li')
      await looksRight()
    })
  }

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
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(60)
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
      screens.graph.promptDuty = '请提示群众评价，不得代评。'
      screens.graph.staticCode = { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>' }
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
      screens.cut({ stay: true })
      await page.waitForSelector('.offline')
      await page.tap('.choice .submit')
      await page.waitForSelector('.calm')
      expect(await axeFindings(page)).toEqual([])
      screens.restore()
      await page.clock.runFor(15_000)
      await page.waitForSelector('.receipt-number')
      expect(await axeFindings(page)).toEqual([])
      await page.tap('.calm .submit')
      await page.waitForSelector('.online')
      await page.tap('.controls button >> nth=0')
      await page.waitForSelector('.wake li')
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
