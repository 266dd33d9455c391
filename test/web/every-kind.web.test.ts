import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { hallPlace, platformPlace } from './fixtures/memory-place.ts'
import { doubleText, unreadableTexts } from './fixtures/reflow.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

// Only so that a browser that hangs ends some day.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const onPhone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

/** Each kind of code with the page on which its rating is given. */
const kinds: [string, object, (token: string) => string][] = [
  ['SCREEN', {}, token => `/r/${token}`],
  ['RECEIPT', { kind: 'RECEIPT', isProofRequired: true }, token => `/r/${token}`],
  ['SMS', { kind: 'SMS' }, token => `/r/${token}`],
  ['STATIC', { kind: 'STATIC', place: hallPlace }, token => `/r/${token}/direct`],
  ['STATIC of the platform', { kind: 'STATIC', place: platformPlace }, token => `/r/${token}`],
  ['TERMINAL', { kind: 'TERMINAL', terminalNumber: 'ZZ-0031' }, token => `/terminal/${token}`],
]

describe.skipIf(!hasBrowser())('whatever the kind of the code', () => {
  let screens: ScreenServer
  let browser: Browser
  beforeAll(async () => {
    ;[screens, browser] = await Promise.all([startScreens(), launchBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await screens?.stop()
  })

  async function open(path: string, options: BrowserContextOptions): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    await page.goto(screens.url + path)
    return page
  }

  /** What is chosen before anybody touched anything, but what holds unless the rater says otherwise: public, not anonymous, by the applicant. */
  const chosen = (page: Page): Promise<string[]> =>
    page
      .locator('input:checked:not([name="isPublic"], [name="isAnonymous"], [name="relation"])')
      .evaluateAll(inputs => inputs.map(input => input.id))

  for (const [kind, code, pathOf] of kinds) {
    const token = () => screens.graph.addCode(code)

    it.each([true, false])(
      `${kind}: two taps, or three with the reason, with JavaScript %s`,
      async javaScriptEnabled => {
        for (const score of [1, 2, 4, 5]) {
          const page = await open(pathOf(token()), { ...onPhone, javaScriptEnabled })
          // Digits are typed, not tapped.
          if (kind === 'RECEIPT') await page.fill('input[name="phoneLastFour"]', '0000')
          const reason = score <= 2 ? [`.reasons[data-level="${score}"] .item`] : []
          for (const target of [`label[for="level-${score}"]`, ...reason, 'button[type="submit"]'])
            await page.tap(target)
          await page.waitForSelector('.receipt-number')
          expect([...screens.graph.ratings.values()].at(-1)!.input.level).toBe(
            ['VERY_DISSATISFIED', 'DISSATISFIED', 'BASICALLY_SATISFIED', 'SATISFIED', 'VERY_SATISFIED'][score - 1],
          )
          await page.context().close()
        }
      },
    )

    it(`${kind}: nothing is chosen before, levels and button are large, axe finds nothing`, async () => {
      const page = await open(pathOf(token()), onPhone)
      expect(await chosen(page)).toEqual([])
      const low = await page.$$eval('.level, #rating button[type="submit"]', targets =>
        targets.map(target => target.getBoundingClientRect().height).filter(height => height < 60),
      )
      expect(low).toEqual([])
      expect(await axeFindings(page)).toEqual([])
      await page.context().close()
    })

    it(`${kind}: readable at 320 px with doubled text`, async () => {
      const page = await open(pathOf(token()), { viewport: { width: 320, height: 640 } })
      await doubleText(page)
      expect(await unreadableTexts(page)).toEqual([])
      await page.context().close()
    })
  }
})
