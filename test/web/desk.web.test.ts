import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type HubProcess, startHubProcess } from '../kit/hub-process.ts'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { navigation, pick, rows, settled, typeSignIn } from './fixtures/desk.ts'

// Only so that a browser that hangs ends some day.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const pages = ['', '/ratings', '/static-codes', '/devices', '/unlinked', '/messages', '/pressure', '/mandates']

describe.skipIf(!hasBrowser())('the staff desk', () => {
  let hub: HubProcess
  let browser: Browser
  const faults: string[] = []
  beforeAll(async () => {
    hub = await startHubProcess()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(faults.splice(0)).toEqual([])
  })

  async function open(path = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (/Content Security Policy|Warning:/.test(message.text())) faults.push(message.text())
    })
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', event =>
        console.log(`Content Security Policy: ${event.violatedDirective}`),
      )
    })
    await page.goto(`${hub.url}/desk${path}`)
    return page
  }

  async function enter(account: string, path = ''): Promise<Page> {
    const page = await open(path)
    await typeSignIn(page, account)
    await settled(page)
    return page
  }

  const inUrl = (page: Page) => new URL(page.url()).search
  const toast = (page: Page) => page.textContent('.ant-message-notice')

  it('refuses a wrong password in words, and keeps the page that was asked for', async () => {
    const page = await open('/devices?state=FAULTY')
    await typeSignIn(page, 'city', 'wrong')
    await page.waitForSelector('.problem:not(:empty)')
    expect(await page.textContent('.problem')).toMatch(/^账号或密码不正确。/)
    await page.waitForFunction(() => document.querySelector('[aria-disabled="false"]'))
    await expect
      .poll(async () => {
        await typeSignIn(page, 'city')
        return page.waitForSelector('.side-nav a', { timeout: 3000 }).then(
          () => true,
          () => false,
        )
      })
      .toBe(true)
    await settled(page)
    expect(await page.textContent('h1')).toBe('评价设备')
    expect(inUrl(page)).toBe('?state=FAULTY')
  })

  it('shows whose desk it is and the pages of his role, and no others', async () => {
    const city = await enter('city')
    const own = ['首页', '全部评价', '静态码', '评价设备', '未关联评价', '短信记录', '施压举报', '企业授权']
    expect(await navigation(city)).toEqual(expect.arrayContaining(own))
    expect(await city.textContent('.who')).toBe('市级主管机构（演示）市县主管机构')
    const supervisor = await enter('supervisor')
    const supervisorPages = await navigation(supervisor)
    expect(supervisorPages).toEqual(expect.arrayContaining(['首页', '全部评价', '静态码', '评价设备', '未关联评价']))
    for (const withheld of ['短信记录', '施压举报', '企业授权']) expect(supervisorPages).not.toContain(withheld)
    expect(await supervisor.locator('.scope-hall').count()).toBe(0)
    const handler = await enter('handler', '/devices')
    expect(await navigation(handler)).not.toContain('评价设备')
    expect(await handler.textContent('h1')).toBe('没有这个页面')
    const citizen = await open()
    await typeSignIn(citizen, 'citizen')
    await citizen.waitForSelector('h1:has-text("此账号没有工作台")')
    expect(await navigation(citizen)).toEqual([])
  })

  it('filters, page and open row stand in the address: Back, Forward and reload restore them', async () => {
    const page = await enter('city', '/ratings')
    const first = await rows(page)
    await page.click('[data-desk-next]')
    await page.waitForSelector('.leaves:has-text("第 2 页")')
    await settled(page)
    const second = await rows(page)
    expect(second).not.toEqual(first)
    await pick(page, '差评与否', '只看差评')
    await page.waitForFunction(
      () =>
        document.querySelectorAll('main .level').length === document.querySelectorAll('main .level.is-negative').length,
    )
    expect(inUrl(page)).toBe('?negative=yes')
    const negative = await rows(page)
    await page.click('main [data-desk-row]')
    await page.waitForSelector('.ant-drawer-open .details')
    const details = page.url()
    await page.reload()
    await page.waitForSelector('.ant-drawer-open .details')
    expect(page.url()).toBe(details)
    await page.goBack()
    await page.waitForSelector('.ant-drawer-open', { state: 'detached' })
    await expect.poll(() => rows(page)).toEqual(negative)
    await page.goBack()
    await expect.poll(() => rows(page)).toEqual(second)
    await page.goForward()
    await expect.poll(() => rows(page)).toEqual(negative)
    await page.goBack()
    await expect.poll(() => rows(page)).toEqual(second)
    await page.click('[data-desk-previous]')
    await expect.poll(() => rows(page)).toEqual(first)
  })

  it('goes back to where a list was scrolled to', async () => {
    const page = await enter('city', '/ratings')
    await page.evaluate(() => scrollTo(0, 400))
    await page.waitForFunction(() => Object.keys(sessionStorage).some(key => key.startsWith('desk-scroll')))
    await page.click('.side-nav a:has-text("评价设备")')
    await page.waitForSelector('h1:has-text("评价设备")')
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await page.goBack()
    await page.waitForFunction(() => scrollY === 400)
  })

  it('works by keys alone: help, pages, search, rows, details', async () => {
    const page = await enter('city')
    await page.keyboard.press('?')
    await page.waitForSelector('.key-help')
    expect((await page.textContent('.key-help'))!).toContain('在列表中下移、上移')
    await page.keyboard.press('Escape')
    // Keys are the dialogue's until it has closed for good, which is after it went out of sight.
    await page.waitForFunction(() => !document.querySelector('.ant-modal-wrap:not([style*="display: none"])'))
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.waitForSelector('h1:has-text("静态码")')
    await settled(page)
    await page.keyboard.press('/')
    await page.keyboard.type('02004')
    await page.waitForFunction(() => location.search.includes('search=02004'))
    await expect.poll(() => page.locator('main [data-desk-row]').count()).toBe(1)
    await page.keyboard.press('Tab')
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.waitForSelector('h1:has-text("全部评价")')
    await settled(page)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const focused = await page.evaluate(() => [
      [...document.querySelectorAll('[data-desk-row]')].indexOf(document.activeElement!),
      getComputedStyle(document.activeElement!).outlineStyle,
    ])
    expect(focused).toEqual([1, 'solid'])
    await page.keyboard.press('Enter')
    await page.waitForSelector('.ant-drawer-open .details')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.ant-drawer-open', { state: 'detached' })
  })

  it('a rating shows its case, and each clock explains itself day by day', async () => {
    const page = await enter('city', '/ratings?negative=yes')
    await page.click('main [data-desk-row]')
    await page.waitForSelector('.ant-drawer-open .details')
    const text = await page.innerText('.details')
    for (const fact of ['差评处理', '办件编号', '身份确认', '受理']) expect(text).toContain(fact)
    await page.focus('.details .clock')
    await page.waitForSelector('.clock-steps li.is-counted')
    expect(await page.innerText('.ant-popover')).toMatch(/时限怎样算出[\s\S]*政策版本[\s\S]*@1[\s\S]*计/)
  })

  it('a static code is applied for, granted, printed and retired', async () => {
    const supervisor = await enter('supervisor', '/static-codes')
    await supervisor.click('.filters button:has-text("申领")')
    await supervisor.click('.ant-segmented-item:has-text("工作人员")')
    await supervisor.click('.ant-modal .ant-select')
    const option = supervisor.locator('.ant-select-dropdown:visible .ant-select-item-option').first()
    const number = (await option.textContent())!.slice(0, 5)
    await option.click()
    await supervisor.fill('.ant-modal textarea', '新到岗')
    await supervisor.click('.ant-modal-footer button.ant-btn-primary')
    await expect.poll(() => toast(supervisor)).toBe('已申领 1 个')

    const city = await enter('city', `/static-codes?search=${number}`)
    expect(await rows(city)).toEqual([expect.stringContaining('待审批')])
    await city.check('main [data-desk-row] input[type="checkbox"]')
    await city.click('.actions button:has-text("不批准")')
    await city.click('.ant-modal-footer button.ant-btn-primary')
    await city.waitForSelector('.ant-form-item-explain-error')
    await city.click('.ant-modal-footer button:not(.ant-btn-primary)')
    await city.click('.actions button:not(.ant-btn-dangerous):has-text("批准")')
    await expect.poll(() => rows(city)).toEqual([expect.stringContaining('在用')])

    await supervisor.goto(`${hub.url}/desk/static-codes?search=${number}`)
    await settled(supervisor)
    await supervisor.click('main [data-desk-row]')
    await supervisor.waitForSelector('.code-drawing svg')
    const printedId = await supervisor.textContent('.details .printed-id')
    await supervisor.click('.details button:has-text("印制")')
    for (const [format, begins] of [
      ['PDF', '%PDF'],
      ['PNG', '\x89PNG'],
      ['SVG', '<svg'],
    ] as const) {
      await supervisor.click(`.ant-modal .ant-segmented-item:has-text("${format}")`)
      const [download] = await Promise.all([
        supervisor.waitForEvent('download'),
        supervisor.click('.ant-modal-footer button.ant-btn-primary'),
      ])
      expect(download.suggestedFilename()).toBe(`${printedId}-poster.${format.toLowerCase()}`)
      const bytes = readFileSync(await download.path())
      expect(
        bytes
          .toString('latin1')
          .replace(/^<\?xml[^>]*>\s*/, '')
          .slice(0, 4),
      ).toBe(begins)
    }
    await supervisor.click('.ant-modal-footer button:not(.ant-btn-primary)')
    await supervisor.click('.details button:has-text("停用")')
    await supervisor.fill('.ant-modal-wrap:visible textarea', '岗位调整')
    await supervisor.click('.ant-modal-wrap:visible .ant-modal-footer button.ant-btn-primary')
    await supervisor.waitForSelector('.details :text("岗位调整")')
    await expect.poll(() => rows(supervisor)).toEqual([expect.stringContaining('已停用')])
  })

  it('all codes of a hall come as one PDF', async () => {
    const page = await enter('supervisor', '/static-codes')
    await page.click('.filters button:has-text("印制本大厅全部")')
    await page.click('.ant-modal .ant-segmented-item:has-text("贴纸")')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('.ant-modal-footer button.ant-btn-primary'),
    ])
    expect(
      readFileSync(await download.path())
        .toString('latin1')
        .slice(0, 4),
    ).toBe('%PDF')
  })

  it('the key of a registered device is shown once, and what happens to it is recorded', async () => {
    const page = await enter('supervisor', '/devices?tab=windows')
    const windows = await page.locator('main [data-desk-row]').count()
    await page.click('main [data-desk-row] button')
    await page.fill('.ant-modal input#name', '新评价器')
    await page.fill('.ant-modal input#owner', '大厅设备组')
    await page.click('.ant-modal-footer button.ant-btn-primary')
    const key = (await page.textContent('.device-key'))!
    expect(key).toMatch(/^hub_/)
    await page.keyboard.press('Escape')
    expect(await page.isVisible('.device-key')).toBe(true)
    await page.click('.ant-modal-footer button:has-text("复制")')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)
    await page.click('.ant-modal-footer button:has-text("已记下")')
    await page.waitForSelector('.device-key', { state: 'detached' })
    await expect.poll(() => page.locator('main [data-desk-row]').count()).toBe(windows - 1)
    expect(await page.content()).not.toContain(key)
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(key)

    await page.click('.ant-tabs-tab:has-text("台账")')
    await page.click('main [data-desk-row]:has-text("新评价器")')
    await page.waitForSelector('.ant-drawer-open .details')
    await page.fill('.ant-drawer textarea', '触摸失灵')
    await page.click('.ant-drawer button[type="submit"]')
    await page.waitForSelector('.history :text("触摸失灵")')
    await expect.poll(async () => (await rows(page)).find(row => row.includes('新评价器'))).toContain('故障')
    await page.click('.ant-drawer button:has-text("更换密钥")')
    await page.click('.ant-popconfirm button.ant-btn-primary')
    const renewed = await page.textContent('.device-key')
    expect(renewed).toMatch(/^hub_/)
    expect(renewed).not.toBe(key)
  })

  it('an unlinked rating shows the cases that it may belong to, and is tied to one with a reason', async () => {
    const page = await enter('city', '/unlinked')
    const token = await page.evaluate(() => sessionStorage.getItem('desk-session'))
    const codes = '{ staticCodes(filter: { state: ACTIVE, subjectKind: STAFF_MEMBER }) { edges { node { url } } } }'
    for (const { node } of JSON.parse(await ask(token, codes)).data.staticCodes.edges) {
      const code = node.url.split('/r/')[1]
      const { formTicket } = JSON.parse(await ask(null, `{ ratingForm(token: "${code}") { formTicket } }`)).data
        .ratingForm
      await ask(
        null,
        `mutation { submitEvaluation(input: { token: "${code}", formTicket: "${formTicket}", level: SATISFIED }) { __typename } }`,
      )
    }
    await page.reload()
    await settled(page)
    const count = await page.locator('main [data-desk-row]').count()
    expect(count).toBeGreaterThan(0)
    const tie = page.locator('.candidate button').first()
    for (let row = 0; row < count && (await tie.count()) === 0; row++) {
      await page.locator('main [data-desk-row]').nth(row).click({ force: true })
      await page.waitForSelector('.candidates :text("没有找到可能的办件"), .candidate')
      if ((await tie.count()) > 0) break
      await page.keyboard.press('Escape')
      await page.waitForSelector('.ant-drawer-open', { state: 'detached' })
    }
    expect(await page.locator('.candidate').first().locator('.tags li').count()).toBeGreaterThan(0)
    await tie.click()
    await page.fill('.ant-modal-wrap:visible textarea', '当事人来电确认')
    await page.click('.ant-modal-wrap:visible .ant-modal-footer button.ant-btn-primary')
    await page.waitForSelector('main [data-desk-row]:has-text("补关联")')
  })

  it('whoever stands for another region sees nothing of this one, whatever he puts into the address', async () => {
    const city = await enter('city', '/ratings')
    const ratingId = await city.getAttribute('main [data-desk-row]:has-text("郑州市政务服务中心")', 'data-desk-row')
    await city.click('.scope-hall')
    await city.keyboard.type('郑州市政务服务中心')
    await city.click('.ant-select-item-option:has-text("郑州市政务服务中心")')
    await city.waitForFunction(() => location.search.includes('hall='))
    await settled(city)
    const hallId = new URL(city.url()).searchParams.get('hall')
    const county = await enter('county', `/ratings?open=${ratingId}`)
    await county.waitForSelector('.ant-drawer-open :text("未找到此评价")')
    for (const path of ['/ratings', '/static-codes', '/devices']) {
      await county.goto(`${hub.url}/desk${path}?hall=${hallId}`)
      await county.waitForSelector('.ant-empty')
      expect(await rows(county)).toEqual([])
    }
  })

  it('a session that ends in the middle of a form asks for a sign-in and keeps what was typed', async () => {
    const page = await enter('supervisor', '/devices?tab=windows')
    await page.click('main [data-desk-row] button')
    await page.fill('.ant-modal input#name', '没有丢的名称')
    await page.fill('.ant-modal input#owner', '大厅设备组')
    await endSession(page)
    await page.click('.ant-modal-footer button.ant-btn-primary')
    await page.waitForSelector('.ant-modal:has-text("登录已失效")')
    expect(await page.evaluate(() => sessionStorage.getItem('desk-session'))).toBeNull()
    await typeSignIn(page, 'supervisor')
    await page.waitForSelector('.ant-modal:has-text("登录已失效")', { state: 'hidden' })
    expect(await page.inputValue('.ant-modal input#name')).toBe('没有丢的名称')
    await page.click('.ant-modal-wrap:visible .ant-modal-footer button.ant-btn-primary')
    expect(await page.textContent('.device-key')).toMatch(/^hub_/)
  })

  it('another person who signs in over an ended session gets a fresh desk', async () => {
    const page = await enter('city', '/pressure')
    await endSession(page)
    await page.click('.side-nav a:has-text("全部评价")')
    await page.waitForSelector('.ant-modal:has-text("登录已失效")')
    await typeSignIn(page, 'supervisor')
    await page.waitForFunction(() => document.querySelector('.who')?.textContent?.includes('大厅值班长'))
    await settled(page)
    expect(await navigation(page)).not.toContain('施压举报')
  })

  it('signing out forgets the token and the session', async () => {
    const page = await enter('city')
    const token = await page.evaluate(() => sessionStorage.getItem('desk-session'))
    await page.click('.top-tools button:has-text("退出")')
    await page.waitForSelector('main.sign-in')
    expect(await page.evaluate(() => sessionStorage.getItem('desk-session'))).toBeNull()
    await expect.poll(() => ask(token, '{ viewer { name } }')).toContain('UNAUTHENTICATED')
  })

  it('changes the language of the whole page without losing what was typed, and remembers it', async () => {
    const page = await enter('city', '/mandates')
    await page.click('.filters button:has-text("登记授权")')
    await page.fill('.ant-modal input#organisationName', '示例有限公司')
    await page.evaluate(() => (document.querySelector('.top-tools [lang="en"]') as HTMLElement).click())
    await page.waitForSelector('h1:has-text("Mandates")')
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    expect(await page.inputValue('.ant-modal input#organisationName')).toBe('示例有限公司')
    expect(await page.title()).toBe('Mandates · Government service ratingDesk')
    await page.waitForFunction(() => performance.getEntriesByName(`${location.origin}/desk?lang=en`).length > 0)
    await page.goto(`${hub.url}/desk/unlinked`)
    await page.waitForSelector('h1:has-text("Unlinked ratings")')
  })

  it('a lost connection is said, keeps what is shown, and tries again on demand', async () => {
    const page = await enter('city', '/ratings')
    const shown = await rows(page)
    const banner = 'main .ant-alert:has-text("连接中断")'
    await page.context().setOffline(true)
    await page.waitForSelector(banner)
    expect(await rows(page)).toEqual(shown)
    await page.context().setOffline(false)
    await page.waitForSelector(banner, { state: 'detached' })
    await page.route('**/graphql', route => route.abort())
    await pick(page, '差评与否', '只看差评')
    await page.waitForSelector(banner)
    await page.unroute('**/graphql')
    await page.click('main .ant-alert button')
    await page.waitForSelector(banner, { state: 'detached' })
    await page.waitForSelector('main [data-desk-row] .is-negative')
  })

  it('an opted-out phone is kept, a malformed one is refused in words', async () => {
    const page = await enter('hotline', '/messages')
    await page.fill('.opt-out input', '12')
    await page.click('.opt-out button[type="submit"]')
    await page.waitForSelector('.opt-out .ant-alert')
    await page.fill('.opt-out input', '13800000031')
    await page.click('.opt-out button[type="submit"]')
    await expect.poll(() => toast(page)).toContain('138****0031 不再接收评价邀请')
  })

  it.each(['zh', 'en'])('axe finds nothing on any page, in any drawer or at the sign-in (%s)', async language => {
    const page = await open(`?lang=${language}`)
    expect(await axeFindings(page)).toEqual([])
    await typeSignIn(page, 'city')
    await settled(page)
    const found: string[] = []
    for (const path of pages) {
      await page.goto(`${hub.url}/desk${path}`)
      await settled(page)
      for (const finding of await axeFindings(page)) found.push(`${path}: ${finding}`)
      if (path === '' || (await page.locator('main .ledger:not(.is-flat) [data-desk-row]').count()) === 0) continue
      await page.click('main [data-desk-row]')
      await page.waitForSelector('.ant-drawer-open .details')
      for (const finding of await axeFindings(page)) found.push(`${path} open: ${finding}`)
    }
    expect(found).toEqual([])
  })

  it.each([1440, 1024])('nothing needs sideways scrolling at %i px', async width => {
    const page = await enter('city')
    await page.setViewportSize({ width, height: 768 })
    for (const path of pages) {
      await page.goto(`${hub.url}/desk${path}`)
      await settled(page)
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width])
    }
  })

  async function ask(token: string | null, query: string): Promise<string> {
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query }),
    })
    return answer.text()
  }

  /** Ends the page's session behind its back; the door may take a while to forget it. */
  async function endSession(page: Page): Promise<void> {
    const token = await page.evaluate(() => sessionStorage.getItem('desk-session'))
    await ask(token, 'mutation { signOut { __typename } }')
    await expect.poll(() => ask(token, '{ viewer { name } }')).toContain('UNAUTHENTICATED')
  }
})
