import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { creditCheckCharacter } from '../../subgraphs/shared/people/credit-code.ts'
import { ask, signIn } from '../kit/ask.ts'
import { newCaseNumber, type WindowFacts, windowFacts } from '../kit/closed-case.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { waitFor } from '../kit/wait-for.ts'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { rows, settled, typeSignIn } from './fixtures/desk.ts'

// Only so that a browser that hangs ends some day.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Firms of the region digits 99, which belong to no province. */
const firms = Array.from({ length: 4 }, (_, n) => {
  const body = `919999990000MA00${n}`
  return body + creditCheckCharacter(body)
})

describe.skipIf(!hasBrowser())('the telephone on the desk', () => {
  let hub: HubProcess
  let browser: Browser
  let facts: WindowFacts
  const faults: string[] = []
  beforeAll(async () => {
    hub = await startHubProcess()
    browser = await launchBrowser()
    facts = await windowFacts(hub)
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(faults.splice(0)).toEqual([])
  })

  async function enter(account: string, path: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (/Content Security Policy|Warning:/.test(message.text())) faults.push(message.text())
    })
    await page.goto(`${hub.url}/desk${path}`)
    await typeSignIn(page, account)
    await settled(page)
    return page
  }

  /** A case of a firm, closed an hour ago at the demo's window. */
  async function report(documentNumber: string, contactPhone: string, closedAgo = HOUR_MS): Promise<string> {
    const caseNumber = newCaseNumber()
    const closedAt = new Date(Date.now() - closedAgo)
    const row = {
      ...{ ...facts, caseNumber, state: '3', applicantKind: '2', applicantName: '示例商贸有限公司' },
      ...{ documentKind: '001', documentNumber, contactName: '苏小满', contactPhone },
      acceptedAt: new Date(closedAt.getTime() - 600_000).toISOString(),
      closedAt: closedAt.toISOString(),
    }
    const { reportCases } = await ask<{ reportCases: { acceptedCount: number } }>(
      hub,
      `mutation ($input: ReportCasesInput!) { reportCases(input: $input) { ... on ReportCasesSuccess { acceptedCount results { problems { path code } } } ... on UserError { code } } }`,
      { input: { cases: [row] } },
      await hub.key('window-system'),
    )
    if (reportCases.acceptedCount !== 1) throw new Error(JSON.stringify(reportCases))
    return caseNumber
  }

  /** What was kept of a case's rating, as the city's management body sees it. */
  async function ratingOf(caseNumber: string) {
    const { serviceCase } = await ask<{ serviceCase: { evaluations: unknown[] } }>(
      hub,
      `query ($caseNumber: String!) { serviceCase(caseNumber: $caseNumber) { evaluations { score channel identifiedBy items { code } subRatings { environment attitude } } } }`,
      { caseNumber },
      await signIn(hub, 'city', demoPassword),
    )
    return serviceCase.evaluations
  }

  const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id)
  const script = (page: Page) => page.textContent('.call-script span')

  it('takes a whole rating on the hotline by the keyboard alone, in few strokes', async () => {
    const caseNumber = await report(firms[0]!, '19900001111')
    const page = await enter('hotline', '/hotline')
    await page.waitForSelector('#caller-number:focus')
    await waitFor(async () => (await page.textContent('.call-operator'))?.includes('0371-00012345'), 'the operator')

    await page.keyboard.insertText('199 0000 2222')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.call-said:has-text("来电号码 19900002222 已记下")')
    await page.keyboard.insertText('9199999900')
    expect(await page.textContent('#caller-verdict')).toBe('已输入 10 位')
    await page.keyboard.insertText(firms[0]!.slice(10).toLowerCase())
    await page.waitForSelector('.verdict.is-good:has-text("校验通过")')

    let strokes = 0
    const press = async (key: string) => {
      strokes += 1
      await page.keyboard.press(key)
    }
    await press('Enter')
    await page.waitForSelector('.found-cases button:focus')
    const list = await page.textContent('.found-cases')
    expect(list).toContain('示*******')
    expect(list).not.toContain('示例商贸')
    expect(list).not.toContain('19900001111')
    await press('Enter')
    await page.waitForSelector('.rating-sheet:focus')
    expect(await script(page)).toContain('非常满意、满意、基本满意')
    await press('4')
    expect(await script(page)).toBe('请问主要是因为哪些方面？')
    await press('s')
    expect(await script(page)).toContain('环境')
    await press('q')
    expect(await script(page)).toContain('服务态度')
    await press('o')
    expect(await page.inputValue('.contact-fields label:nth-child(1) input')).toBe('苏小满')
    expect(await page.inputValue('.contact-fields label:nth-child(2) input')).toBe('19900002222')
    await press('Control+Enter')
    await page.waitForSelector('.call-said:has-text("已记录：满意（4）")')
    expect(await focusedId(page)).toBe('caller-number')
    expect(strokes).toBeLessThanOrEqual(7)
    expect(await ratingOf(caseNumber)).toEqual([
      {
        score: 4,
        channel: 'PHONE',
        identifiedBy: 'OPERATOR',
        items: [{ code: expect.stringMatching(/^4/) }],
        subRatings: { environment: 'GOOD', attitude: 'GOOD' },
      },
    ])

    await page.keyboard.insertText(firms[0]!)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.call-said:has-text("没有可由电话评价的办件")')
  })

  it('says what is wrong with a number, what is still to be asked, and goes back by Esc', async () => {
    await report(firms[1]!, '19900003333')
    await report(firms[1]!, '19900003333', 2 * HOUR_MS)
    const page = await enter('hotline', '/hotline')
    await page.waitForSelector('#caller-number:focus')
    await page.keyboard.insertText('110101199903070000')
    await page.waitForSelector('.verdict.is-bad')
    await page.keyboard.press('Escape')
    expect(await page.inputValue('#caller-number')).toBe('')
    const odd = firms[1]!.slice(0, 17) + (firms[1]!.endsWith('1') ? '2' : '1')
    await page.keyboard.insertText(odd)
    await page.waitForSelector('.verdict.is-warning:has-text("校验码不符")')
    await page.keyboard.press('Escape')
    await page.keyboard.insertText(firms[1]!)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.found-cases button:focus')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.waitForSelector('.found-cases li:nth-child(2) button:focus')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.rating-sheet:focus')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('1')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.sheet-hint:has-text("请至少选一项测评内容")')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.found-cases button:focus')
    await page.keyboard.press('Escape')
    await page.waitForSelector('#caller-number:focus')
  })

  it('gives two inviters never the same person, and each works his call by keys', async () => {
    // The demo's own cases of the last days come after these, which expire first.
    const sooner = 3 * DAY_MS
    const numbers = [await report(firms[2]!, '19900004444', sooner), await report(firms[2]!, '19900004444', sooner)]
    const another = await report(firms[3]!, '19900005555', sooner - HOUR_MS)
    const [one, two] = [await enter('inviter', '/invitations'), await enter('city', '/invitations')]
    const called: string[] = []
    for (let round = 0; round < 4; round += 1) {
      const dialled = await Promise.all(
        [one, two].map(async page => {
          await page.waitForSelector('.sheet-actions button:focus')
          await page.keyboard.press('Enter')
          await page.waitForSelector('.call-number')
          return page.textContent('.call-number')
        }),
      )
      expect(dialled[0]).not.toBe(dialled[1])
      called.push(...dialled.map(String))
      await waitFor(async () => /^锁定剩余 14:\d\d$/.test((await one.textContent('.call-clock'))!), 'the clock')
      for (const page of [one, two]) {
        await page.waitForSelector('.rating-sheet:focus')
        await page.keyboard.press('u')
        await page.waitForSelector('.call-said:has-text("已登记：无人接听")')
      }
    }
    expect(new Set(called).size).toBe(called.length)
    expect(numbers.concat(another)).toHaveLength(3)
  })

  it('takes the rating of an invited person, and a person who wants no calls needs two strokes', async () => {
    const page = await enter('inviter', '/invitations')
    await page.waitForSelector('.sheet-actions button:focus')
    expect((await rows(page)).length).toBeGreaterThan(0)
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForSelector('.rating-sheet:focus')
    expect(await axeFindings(page)).toEqual([])
    for (const key of ['5', 'a', 'q', 'o', 'Control+Enter']) await page.keyboard.press(key)
    await page.waitForSelector('.call-said:has-text("已记录：非常满意（5）")')

    await page.keyboard.press('Enter')
    await page.waitForSelector('.rating-sheet:focus')
    await page.keyboard.press('y')
    await page.waitForSelector('.sheet-hint:has-text("再按一次 Y")')
    await page.keyboard.press('y')
    await page.waitForSelector('.call-said:has-text("请勿再拨")')

    await page.keyboard.press('Enter')
    await page.waitForSelector('.rating-sheet:focus')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.call-said:has-text("已放弃")')
    await waitFor(async () => (await page.textContent('h2'))?.includes('通话中 0'), 'that nobody is held')
  })

  it('lets the province call back by keys, and names what differs', async () => {
    const page = await enter('province', '/call-backs')
    await waitFor(async () => (await rows(page)).length >= 2, 'ratings to be called back')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.rating-sheet:focus')
    await waitFor(async () => /^1990000/.test((await page.textContent('.call-number'))!), 'the number')
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('1')
    await page.waitForSelector('.ant-message-notice:has-text("与所说不符")')
    await waitFor(async () => (await page.textContent('h2'))?.includes('待回访 1'), 'one fewer')
    await page.goto(`${hub.url}/desk/call-backs?mismatch=yes`)
    await settled(page)
    expect((await rows(page)).length).toBe(1)
    expect(await page.textContent('main')).toContain('12345话务员（演示）')
  })

  it('speaks English, and is whole at 200 % of the text', async () => {
    const page = await enter('hotline', '/hotline?lang=en')
    await page.waitForSelector('#caller-number:focus')
    expect(await page.textContent('.caller-search label')).toContain('Identity number')
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(isWide).toBe(false)
  })
})
