import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { refusal } from '../../subgraphs/shared/error-catalogue.ts'
import { levels } from '../../web/kit/levels.ts'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { doubleText, unreadableTexts } from './fixtures/reflow.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

// Only so that a browser that hangs ends some day.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
}

describe.skipIf(!hasBrowser())('the citizen’s phone', () => {
  let screens: ScreenServer
  let browser: Browser
  const faults: string[] = []
  beforeAll(async () => {
    screens = await startScreens()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await screens?.stop()
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(faults.splice(0)).toEqual([])
  })

  async function scan(token: string, options: BrowserContextOptions = {}, query = ''): Promise<Page> {
    const context = await browser.newContext({ ...phone, ...options })
    const page = await context.newPage()
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (/Content Security Policy/.test(message.text())) faults.push(message.text())
    })
    await page.goto(`${screens.url}/r/${token}${query}`)
    return page
  }

  /** Taps until the rating is stored, counting; whatever has to be tapped must be there to be tapped. */
  async function tapsToStore(page: Page, score: number): Promise<number> {
    const way = [`label[for="level-${score}"]`]
    if (score <= 2) way.push(`.reasons[data-level="${score}"] .item`)
    way.push('button[type="submit"]')
    for (const target of way) await page.tap(target)
    await page.waitForURL('**/receipt')
    return way.length
  }

  for (const javaScriptEnabled of [true, false]) {
    it(`all levels cost the same taps, and the reason one more, with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
      const taps: number[] = []
      for (const { score, level } of levels) {
        const token = screens.graph.addCode()
        const page = await scan(token, { javaScriptEnabled })
        taps.push(await tapsToStore(page, score))
        const { input, receiptNumber } = screens.graph.ratings.get(token)!
        expect([input.level, input.items.length]).toEqual([level, score <= 2 ? 1 : 0])
        expect(await page.textContent('.receipt-number')).toBe(receiptNumber)
      }
      expect(taps).toEqual([3, 3, 2, 2, 2])
    })
  }

  it('all five levels and the button are on the first screen, of one size, each at least 60 px high', async () => {
    const page = await scan(screens.graph.addCode())
    const boxes = await page.$$eval('.level, button[type="submit"]', elements =>
      elements.map(element => {
        const { width, height, top, bottom } = element.getBoundingClientRect()
        return { width, height, isInView: top >= 0 && bottom <= innerHeight }
      }),
    )
    expect(boxes).toHaveLength(6)
    expect(new Set(boxes.slice(0, 5).map(({ width, height }) => `${width}×${height}`)).size).toBe(1)
    for (const box of boxes)
      expect(box).toMatchObject({ isInView: true, height: expect.toSatisfy((height: number) => height >= 60) })
  })

  it('the level group is one Tab stop; arrows look around, Space and Enter choose', async () => {
    const page = await scan(screens.graph.addCode())
    const state = () =>
      page.evaluate(() => [
        document.activeElement?.id,
        document.querySelector('input[name="level"]:checked')?.id ?? null,
      ])
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await state()).toEqual(['level-1', null])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await state()).toEqual(['level-3', null])
    await page.keyboard.press('ArrowUp')
    expect(await state()).toEqual(['level-2', null])
    await page.keyboard.press('Space')
    expect(await state()).toEqual(['level-2', 'level-2'])
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    expect(await state()).toEqual(['level-5', 'level-2'])
    await page.keyboard.press('Enter')
    expect(await state()).toEqual(['level-5', 'level-5'])
    const ring = await page.$eval('#level-5 + .level', label => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(label)
      return { outlineStyle, outlineWidth, outlineColor, boxShadow }
    })
    expect(ring).toEqual({
      outlineStyle: 'solid',
      outlineWidth: '3px',
      outlineColor: 'rgb(11, 26, 43)',
      boxShadow: 'rgb(255, 255, 255) 0px 0px 0px 3px',
    })
    await page.keyboard.press('Tab')
    expect((await state())[0]).not.toMatch(/^level-/)
  })

  it('says what is missing at its place, keeps the focus there, and takes it back once it is given', async () => {
    const page = await scan(screens.graph.addCode())
    await page.tap('button[type="submit"]')
    expect(await page.textContent('#problem')).toBe('请先选择一个满意度等级')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('problem')
    await page.tap('label[for="level-2"]')
    expect(await page.textContent('#said')).toBe('已选“不满意”，请再选一项原因')
    await page.tap('button[type="submit"]')
    expect(await page.textContent('#problem')).toBe('请至少选择一项原因，或写一句说明')
    expect(await page.$eval('#problem', problem => problem.nextElementSibling?.getAttribute('data-level'))).toBe('2')
    await page.tap('.reasons[data-level="2"] .item')
    expect(await page.isVisible('#problem')).toBe(false)
    expect(await page.textContent('#said')).toBe('已选“不满意”，点“提交评价”完成')
  })

  it('a lost connection loses nothing: it says so, and the next tap stores the rating', async () => {
    const token = screens.graph.addCode()
    const page = await scan(token)
    await page.context().setOffline(true)
    await page.tap('label[for="level-1"]')
    await page.fill('#text', '跑了三趟')
    await page.tap('button[type="submit"]')
    await page.waitForSelector('#problem:not([hidden])')
    expect(await page.textContent('#problem')).toContain('网络不通，评价还没有提交')
    expect(screens.graph.ratings.has(token)).toBe(false)
    await page.context().setOffline(false)
    await page.tap('button[type="submit"]')
    await page.waitForURL('**/receipt')
    expect(screens.graph.ratings.get(token)!.input).toMatchObject({ level: 'VERY_DISSATISFIED', text: '跑了三趟' })
  })

  it('the first tap is kept as a draft: a reload loses nothing, and sending it clears it', async () => {
    const page = await scan(screens.graph.addCode())
    await page.tap('label[for="level-2"]')
    await page.tap('.reasons[data-level="2"] .item >> nth=3')
    await page.fill('#text', '材料交了两遍')
    await page.reload()
    expect(await page.isChecked('#level-2')).toBe(true)
    expect(await page.isChecked('input[value="210"]')).toBe(true)
    expect(await page.inputValue('#text')).toBe('材料交了两遍')
    await page.tap('button[type="submit"]')
    await page.waitForURL('**/receipt')
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  })

  it('counts what may still be written and cuts nothing off', async () => {
    const page = await scan(screens.graph.addCode())
    await page.tap('label[for="level-4"]')
    await page.fill('#text', '好'.repeat(203))
    expect(await page.textContent('#text-hint')).toBe('超出 3 个字，请删减')
    await page.tap('button[type="submit"]')
    expect(await page.textContent('#problem')).toBe('超出 3 个字，请删减')
    await page.fill('#text', '好'.repeat(198))
    expect(await page.textContent('#text-hint')).toBe('还可以写 2 个字')
  })

  it('two taps on the button hand in one rating', async () => {
    const token = screens.graph.addCode()
    const page = await scan(token)
    await page.tap('label[for="level-5"]')
    screens.graph.asked.length = 0
    await page.dblclick('button[type="submit"]')
    await page.waitForURL('**/receipt')
    expect(screens.graph.asked.filter(name => name === 'submitEvaluation')).toEqual(['submitEvaluation'])
  })

  const states: [string, (page: Page) => Promise<unknown>][] = [
    ['the form', async () => {}],
    ['a bad level chosen', page => page.tap('label[for="level-1"]')],
    [
      'a good level with its options open',
      async page => {
        await page.tap('label[for="level-5"]')
        await page.tap('.reasons[data-level="5"] summary')
      },
    ],
    ['something missing', page => page.tap('button[type="submit"]')],
    ['the receipt of a bad rating', page => tapsToStore(page, 1)],
    ['the receipt of a good rating', page => tapsToStore(page, 4)],
    ['the receipt asked for', page => page.goto(`${screens.url}/receipt`)],
    [
      'an expired code',
      page => page.goto(`${screens.url}/r/${screens.graph.addCode({ ...refusal('CODE_EXPIRED'), state: 'EXPIRED' })}`),
    ],
    ['the start page', page => page.goto(`${screens.url}/`)],
  ]
  const long = '内资公司法定代表人变更登记（含经营范围、注册资本变更）'
  for (const [state, reach] of states) {
    for (const language of ['zh', 'en']) {
      it(`${state} (${language}): axe finds nothing`, async () => {
        const page = await scan(screens.graph.addCode({ matterName: long }), {}, `?lang=${language}`)
        await reach(page)
        expect(await axeFindings(page)).toEqual([])
      })

      it(`${state} (${language}): readable at 320 px with doubled text, without sideways scrolling`, async () => {
        // A desktop viewport: a mobile one would zoom out and hide what overflows.
        const narrow = { viewport: { width: 320, height: 640 }, isMobile: false }
        const page = await scan(screens.graph.addCode({ matterName: long }), narrow, `?lang=${language}`)
        await reach(page)
        await doubleText(page)
        expect(await unreadableTexts(page)).toEqual([])
      })
    }
  }
})
