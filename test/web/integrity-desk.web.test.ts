import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { navigation, pick, rows, settled, typeSignIn } from './fixtures/desk.ts'
import { rigBurst } from './fixtures/rigged-burst.ts'

// Only so that a browser that hangs ends some day.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

describe.skipIf(!hasBrowser())('signals of rigging at the desk', () => {
  let hub: HubProcess
  let browser: Browser
  const faults: string[] = []
  beforeAll(async () => {
    hub = await startHubProcess()
    browser = await launchBrowser()
    await rigBurst(hub)
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(faults.splice(0)).toEqual([])
  })

  async function enter(account: string, path = ''): Promise<Page> {
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
  /** Numbers of a row of the tables side by side. */
  const figures = (page: Page, name: string) =>
    page.$$eval(
      'table.side-by-side tr',
      (found, wanted) =>
        found
          .filter(row => row.querySelector('th')?.textContent === wanted)
          .flatMap(row => [...row.querySelectorAll('td')].map(cell => cell.textContent)),
      name,
    )

  it('is for management bodies and auditors', async () => {
    expect(await navigation(await enter('province'))).toContain('异常线索')
    for (const account of ['handler', 'supervisor']) {
      const page = await enter(account, '/integrity')
      expect(await navigation(page)).not.toContain('异常线索')
      expect(await page.textContent('h1')).toBe('没有这个页面')
    }
  })

  it('a signal is read, opened and followed to its ratings by keys; the figures leave its ratings out until it is decided', async () => {
    const page = await enter('city', '/integrity')
    expect((await rows(page))[0]).toMatch(/^\d+ 短时集中评价 10 分钟内评价 11 条，平时约 .+ 11 .+ 待认定$/)
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.ant-drawer-open .finding')
    await expect.poll(() => page.locator('.ant-drawer-open tbody tr.ant-table-row').count()).toBe(11)
    expect(await axeFindings(page)).toEqual([])
    await page.click('.ant-drawer-open tbody tr.ant-table-row:first-of-type button:has-text("查看")')
    await page.waitForSelector('.ant-drawer-open .details-level')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.ant-drawer-open .details-level', { state: 'detached' })
    const address = page.url()
    await page.reload()
    await page.waitForSelector('.ant-drawer-open .finding')
    expect(page.url()).toBe(address)
    await page.keyboard.press('Escape')
    await page.waitForSelector('.ant-drawer-open', { state: 'detached' })

    await page.click('.views button:has-text("原始与清洗后数据")')
    await page.waitForSelector('.figures')
    const [raw, cleaned] = await figures(page, '评价总数')
    expect(Number(raw) - Number(cleaned)).toBe(11)
    expect(await page.textContent('.figures > .quiet')).toMatch(/待认定线索涉及 11 条 · 已认定无效 0 条/)
    expect(await page.locator('.rules li').count()).toBe(5)
    expect(new URL(page.url()).search).toBe('?view=figures')
    expect(await axeFindings(page)).toEqual([])
    await page.fill('#figures-from', '2026-01-01')
    await page.waitForFunction(() => location.search.includes('from=2026-01-01'))
    await page.goBack()
    await page.waitForSelector('main [data-desk-row]')
    await page.click('button:has-text("English")')
    await page.waitForSelector('h1:has-text("Integrity")')
    expect((await rows(page))[0]).toMatch(/Burst 11 ratings within 10 minutes; usually about .+ Open$/)
  })

  it('confirmed with a reason, all but one of its ratings are invalid, and one is taken back; everything stays listed', async () => {
    const page = await enter('city', '/integrity')
    await page.click('main [data-desk-row]')
    await page.waitForSelector('.ant-drawer-open .finding')
    await page.click('.ant-drawer-open tbody tr.ant-table-row:nth-of-type(2) input[type="checkbox"]')
    await page.click('.decide button:has-text("认定异常")')
    await page.waitForSelector('.ant-modal:has-text("认定异常，10 条评价无效")')
    await page.click('.ant-modal button[type="submit"]')
    await page.waitForSelector('.ant-modal .ant-form-item-explain-error')
    await page.fill('.ant-modal textarea', '核对监控，同一人连续扫码')
    await page.click('.ant-modal button[type="submit"]')
    await page.waitForSelector('.ant-message-notice:has-text("已认定异常")')
    await page.waitForSelector('.ant-drawer-open .facts:has-text("核对监控，同一人连续扫码")')
    const marks = await page.$$eval('.ant-drawer-open tbody tr.ant-table-row', found =>
      found.map(row => (row.textContent!.includes('无效') ? '无效' : '有效')),
    )
    expect(marks.sort()).toEqual([...Array(10).fill('无效'), '有效'].sort())

    await page.click('.ant-drawer-open tbody tr.ant-table-row:has-text("无效") button:has-text("查看")')
    await page.waitForSelector('.validity li:has-text("核对监控，同一人连续扫码")')
    await page.click('button:has-text("撤销无效认定")')
    await page.fill('.ant-modal textarea >> visible=true', '经复核系本人评价')
    await page.click('.ant-modal button[type="submit"] >> visible=true')
    await page.waitForSelector('.validity li:nth-of-type(2):has-text("经复核系本人评价")')
    await expect.poll(() => page.locator('.ant-drawer-open tbody tr.ant-table-row:has-text("无效")').count()).toBe(9)

    await page.goto(`${hub.url}/desk/integrity?view=figures`)
    await page.waitForSelector('.figures')
    const [raw, cleaned] = await figures(page, '评价总数')
    expect(Number(raw) - Number(cleaned)).toBe(9)
    await page.click('.views button:has-text("异常线索")')
    await settled(page)
    expect((await rows(page)).filter(row => row.includes(' 11 条'))).toEqual([])
    await pick(page, '状态: 待认定', '已认定异常')
    await expect.poll(() => rows(page)).toHaveLength(1)
  })
})
