import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { hallPlace, platformPlace } from './fixtures/memory-place.ts'
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
const place = { kind: 'STATIC', place: hallPlace, ownCases: { '13800000001': ['4101…2401', '4101…2402'] } }

describe.skipIf(!hasBrowser())('every way to rate on a phone', () => {
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

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ ...phone, ...options })
    const page = await context.newPage()
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (/Content Security Policy/.test(message.text())) faults.push(message.text())
    })
    await page.goto(screens.url + path)
    return page
  }

  const submit = async (page: Page) => {
    await page.click('#rating button[type="submit"]')
    await page.waitForURL('**/receipt')
  }
  const rate = async (page: Page, score: number) => {
    await page.tap(`label[for="level-${score}"]`)
    if (score <= 2) await page.tap(`.reasons[data-level="${score}"] .item`)
    await submit(page)
  }
  const findCases = async (page: Page, number: string) => {
    await page.fill('#own-phone', number)
    await page.tap('form[action$="/cases"] button')
  }
  const lastRating = () => [...screens.graph.ratings.values()].at(-1)!
  const picture = async (width: number, name = '大厅.jpg') => ({
    name,
    mimeType: 'image/jpeg',
    buffer: await sharp({ create: { width, height: 60, channels: 3, background: '#357' } })
      .jpeg()
      .toBuffer(),
  })

  for (const javaScriptEnabled of [true, false]) {
    const by = `with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`

    it(`a poster leads by the phone to one’s own case and its receipt, ${by}`, async () => {
      const token = screens.graph.addCode(place)
      const page = await open(`/r/${token}`, { javaScriptEnabled })
      await findCases(page, '13800000001')
      await page.tap('button.case >> nth=1')
      await page.waitForSelector('#rating')
      expect(await page.textContent('.subject')).toContain('4101…2402')
      expect(page.url()).not.toContain('case-')
      await rate(page, 1)
      expect(lastRating().code.caseNumber).toBe('4101…2402')
      expect(await page.textContent('.receipt-number')).toBe(lastRating().receiptNumber)
    })

    it(`a poster takes a rating without a case, ${by}, and counts one scan`, async () => {
      const token = screens.graph.addCode(place)
      const page = await open(`/r/${token}`, { javaScriptEnabled })
      await page.tap('a[href$="/direct"]')
      await rate(page, 4)
      expect(lastRating().input).toMatchObject({ token, level: 'SATISFIED', contactPhone: null })
      expect(screens.graph.scans.get(token)).toBe(1)
    })

    it(`pictures go along, ${by}`, async () => {
      const token = screens.graph.addCode()
      const page = await open(`/r/${token}`, { javaScriptEnabled })
      await page.tap('label[for="level-5"]')
      await page.tap('.more summary')
      await page.setInputFiles('#picture-files', [await picture(80), await picture(90, '窗口.jpg')])
      if (javaScriptEnabled) await page.waitForFunction('document.querySelectorAll("input[name=picture]").length === 2')
      await submit(page)
      const { pictures } = screens.graph.ratings.get(token)!.input
      expect(pictures.map((id: string) => screens.graph.pictures.get(id)?.keeper)).toEqual([token, token])
      expect(await page.locator('.shown-pictures img').count()).toBe(2)
    })

    it(`a second rating follows the first, ${by}`, async () => {
      const page = await open(`/r/${screens.graph.addCode()}`, { javaScriptEnabled })
      await rate(page, 2)
      await page.tap('form[action="/receipt/second/form"] button')
      await page.waitForSelector('#rating')
      await rate(page, 5)
      expect(lastRating()).toMatchObject({ round: 2, input: { level: 'VERY_SATISFIED' } })
    })

    it(`a level given by SMS is added to, and pressure is reported, ${by}`, async () => {
      const page = await open(`/r/${screens.graph.addCode({ kind: 'SMS' })}`, { javaScriptEnabled })
      await rate(page, 4)
      const { receiptNumber } = lastRating()
      await page.tap('#supplement .item')
      await page.fill('#supplement textarea', '办得快')
      await page.tap('#supplement button[type="submit"]')
      await page.waitForFunction('!document.querySelector("#supplement")')
      expect(lastRating().supplement).toMatchObject({ items: ['406'], text: '办得快' })
      await page.tap('.pressure summary')
      await page.tap('.pressure .item >> nth=2')
      await page.fill('#pressure-text', '评价之后被反复刁难')
      await page.tap('.pressure button')
      await page.waitForSelector('text=JB-7K2M-9QX4')
      expect(screens.graph.reports.at(-1)).toMatchObject({ receiptNumber, kind: 'RETALIATION' })
    })
  }

  it('a picture shows how far it is, can be taken out, and one that is not taken says what is accepted', async () => {
    const token = screens.graph.addCode()
    const page = await open(`/r/${token}`)
    await page.tap('label[for="level-5"]')
    await page.tap('.more summary')
    const text = { name: '材料.txt', mimeType: 'image/jpeg', buffer: Buffer.from('hello') }
    await page.setInputFiles('#picture-files', [await picture(80), text])
    await page.waitForSelector('.failed')
    expect(await page.textContent('.failed .picture-said')).toBe('“材料.txt”：只收 JPEG、PNG、WebP、AVIF 图片')
    await page.waitForSelector('li:not(.failed) >> text=已上传')
    expect(await page.locator('li:not(.failed) img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(80)
    await page.tap('li:not(.failed) button')
    await submit(page)
    expect(screens.graph.ratings.get(token)!.input.pictures).toEqual([])
  })

  it('more than five pictures are left out and said so', async () => {
    const page = await open(`/r/${screens.graph.addCode()}`)
    await page.tap('label[for="level-5"]')
    await page.tap('.more summary')
    await page.setInputFiles(
      '#picture-files',
      await Promise.all([1, 2, 3, 4, 5, 6].map(number => picture(70 + number))),
    )
    expect(await page.textContent('#pictures-hint')).toBe('最多 5 张图片，多出的没有加入')
    expect(await page.locator('.kept-pictures li').count()).toBe(5)
  })

  it('a reason is asked for beside 差 alone, without a script, too', async () => {
    const page = await open(`/r/${screens.graph.addCode()}`, { javaScriptEnabled: false })
    await page.tap('label[for="level-4"]')
    await page.tap('.more summary')
    await page.tap('label[for="attitude-GOOD"]')
    expect(await page.isVisible('#attitudeReason')).toBe(false)
    await page.tap('label[for="attitude-POOR"]')
    expect(await page.isVisible('#attitudeReason')).toBe(true)
    expect(await page.isVisible('#environmentReason')).toBe(false)
  })

  it('a scan is told once, however often the page is loaded again', async () => {
    const token = screens.graph.addCode(place)
    const page = await open(`/r/${token}`)
    await page.waitForFunction('!document.querySelector("input[name=unseen]")')
    await page.reload()
    await page.waitForFunction('!document.querySelector("input[name=unseen]")')
    await page.tap('a[href$="/direct"]')
    await rate(page, 4)
    expect(screens.graph.scans.get(token)).toBe(1)
  })

  it('a case number of 24 digits stays on one line, in English, too', async () => {
    const token = screens.graph.addCode({ caseNumber: '410100012101000276002401' })
    for (const language of ['zh', 'en']) {
      const page = await open(`/r/${token}?lang=${language}`)
      const lines = await page.$eval('.subject dd.number', number => {
        const range = document.createRange()
        range.selectNodeContents(number)
        return range.getClientRects().length
      })
      expect([language, lines]).toEqual([language, 1])
    }
  })

  it('whatever is to be tapped is at least 60 px high', async () => {
    const page = await open(`/r/${screens.graph.addCode()}`)
    await page.tap('label[for="level-2"]')
    await page.tap('.more summary')
    const low = () =>
      page.$$eval('button, summary, .level, .item span, .answer, .way, .field input:not(.unseen), textarea', elements =>
        elements
          .filter(element => element.checkVisibility())
          .map(element => [element.textContent, element.getBoundingClientRect().height] as const)
          .filter(([, height]) => height < 60),
      )
    expect(await low()).toEqual([])
    await page.goto(`${screens.url}/r/${screens.graph.addCode(place)}`)
    expect(await low()).toEqual([])
  })

  const states: [string, () => object, (page: Page) => Promise<unknown>][] = [
    [
      'everything folded out',
      () => ({}),
      async page => {
        await page.tap('label[for="level-1"]')
        await page.tap('.more summary')
        await page.tap('label[for="environment-POOR"]')
        await page.setInputFiles('#picture-files', {
          name: '材料.txt',
          mimeType: 'image/jpeg',
          buffer: Buffer.from('x'),
        })
        await page.waitForSelector('.failed')
        await page.tap('.later summary')
      },
    ],
    ['a poster', () => place, async () => {}],
    [
      'one’s own cases',
      () => place,
      async page => {
        await findCases(page, '13800000001')
        await page.waitForSelector('button.case')
      },
    ],
    [
      'no case found',
      () => place,
      async page => {
        await findCases(page, '13800000009')
        await page.waitForSelector('text=/没有找到可以评价|No case was found/')
      },
    ],
    ['the platform', () => ({ kind: 'STATIC', place: platformPlace }), page => page.tap('label[for="level-2"]')],
    [
      'a receipt with all its forms',
      () => ({ kind: 'SMS' }),
      async page => {
        await rate(page, 4)
        await page.tap('.pressure summary')
        await page.tap('.more summary')
      },
    ],
    [
      'a used SMS link',
      () => ({ kind: 'SMS' }),
      async page => {
        const address = page.url()
        await rate(page, 4)
        await page.context().clearCookies({ name: 'receipt' })
        await page.goto(address)
        await page.waitForSelector('form[action$="/proof"]')
      },
    ],
    [
      'the second rating of what was put right',
      () => ({}),
      async page => {
        await rate(page, 1)
        lastRating().review.state = 'EVALUATOR_TOLD'
        await page.tap('form[action="/receipt/second/form"] button')
        await page.waitForSelector('.about')
        await page.tap('label[for="level-2"]')
      },
    ],
  ]
  for (const [state, code, reach] of states) {
    for (const language of ['zh', 'en']) {
      it(`${state} (${language}): axe finds nothing`, async () => {
        const page = await open(`/r/${screens.graph.addCode(code())}?lang=${language}`)
        await reach(page)
        expect(await axeFindings(page)).toEqual([])
      })

      it(`${state} (${language}): readable at 320 px with doubled text, without sideways scrolling`, async () => {
        // A desktop viewport: a mobile one would zoom out and hide what overflows.
        const narrow = { viewport: { width: 320, height: 640 }, isMobile: false }
        const page = await open(`/r/${screens.graph.addCode(code())}?lang=${language}`, narrow)
        await reach(page)
        await doubleText(page)
        expect(await unreadableTexts(page)).toEqual([])
      })
    }
  }
})
