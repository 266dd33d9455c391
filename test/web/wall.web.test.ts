import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { unreadableTexts } from './fixtures/reflow.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

// Only so that a browser that hangs ends some day.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }
const hour = 3_600_000

describe.skipIf(!hasBrowser())('the hall’s wall', () => {
  let screens: ScreenServer
  let browser: Browser
  const faults: string[] = []
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    screens = await startScreens()
    screens.graph.heartbeatMilliseconds = 1000
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    await screens.stop()
    expect(faults.splice(0)).toEqual([])
  })

  async function open(options: BrowserContextOptions = desk, query = ''): Promise<Page> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (/Content Security Policy/.test(message.text())) faults.push(message.text())
    })
    await page.goto(`${screens.url}/wall${query}`)
    return page
  }

  async function live(options: BrowserContextOptions = desk, query = ''): Promise<Page> {
    const page = await open(options, query)
    await page.fill('#name', 'supervisor')
    await page.fill('#password', 'correct-horse')
    await page.click('button[type="submit"]')
    await page.waitForSelector('.truth.live')
    return page
  }

  const cards = (page: Page) => page.$$eval('.card', found => found.map(card => (card as HTMLElement).dataset.review))
  const waitForCards = (page: Page, count: number) =>
    page.waitForFunction(wanted => document.querySelectorAll('.card').length === wanted, count)
  const openedBefore = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString()

  it('refuses a wrong password in words and lets the supervisor in', async () => {
    const page = await open()
    await page.fill('#name', 'supervisor')
    await page.fill('#password', 'wrong')
    await page.click('button[type="submit"]')
    await page.waitForSelector('.problem:not(:empty)')
    expect(await page.textContent('.problem')).toBe('账号或密码不正确。请核对后重试；忘记密码请联系管理员重置。')
    await page.fill('#password', 'correct-horse')
    await page.click('button[type="submit"]')
    await page.waitForSelector('.truth.live')
    expect(await page.textContent('h1')).toBe('示例市政务服务大厅')
    expect(await page.textContent('.nothing')).toBe('目前没有待处理差评有新差评时会立即显示在这里。')
  })

  it('shows a bad rating as it comes: level, clock, matter, window, staff number, and nobody’s name', async () => {
    const page = await live()
    screens.graph.openReview({
      id: 'r1',
      score: 1,
      openedAt: openedBefore(10.5 * 60_000),
      staffMember: { id: 's', staffNumber: '0417', name: '张晓雨' },
    })
    await page.waitForSelector('.card.is-fresh')
    const text = await page.innerText('.card')
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /^1 非常不满意 10 分钟前 核实 剩余 23:49:\d\d 企业设立登记 A12 窗口 工号 0417 待核实 知悉$/,
    )
    expect(await page.content()).not.toContain('张晓雨')
    expect(await page.innerText('.counts')).toBe('待处理\n1\n未知悉\n1\n临期\n0\n超期\n0')
  })

  it('the least time left comes first, with colour, word and icon for left, near and overdue', async () => {
    screens.graph.addReview({ id: 'left', openedAt: openedBefore(2 * hour) })
    screens.graph.addReview({ id: 'over', openedAt: openedBefore(25 * hour) })
    screens.graph.addReview({ id: 'near', openedAt: openedBefore(21 * hour), isAnonymous: true, serviceCase: null })
    const page = await live()
    await waitForCards(page, 3)
    expect(await cards(page)).toEqual(['over', 'near', 'left'])
    const clocks = await page.$$eval('.card .time-left', found =>
      found.map(clock => [
        clock.querySelector('.urgency')!.textContent,
        getComputedStyle(clock).color,
        clock.querySelector('path')!.getAttribute('d')!.slice(0, 8),
      ]),
    )
    expect(clocks).toEqual([
      ['超期', 'rgb(255, 154, 143)', 'M16 4L3 '],
      ['临期', 'rgb(255, 203, 87)', 'M8 4h16M'],
      ['剩余', 'rgb(127, 214, 174)', 'M16 4a12'],
    ])
    expect(await page.innerText('.card[data-review="near"]')).toContain('约 21 小时前')
    expect(await page.innerText('.card[data-review="near"]')).toContain('匿名评价，不显示事项')
    expect(await page.$$eval('.deadlines li .urgency', found => found.map(word => word.textContent))).toEqual([
      '超期',
      '临期',
    ])
  })

  it('counts by the server’s clock, however wrong the screen’s own is', async () => {
    screens.graph.clockAhead = 3 * hour
    screens.graph.addReview({ id: 'r1', openedAt: openedBefore(22 * hour + 60_000) })
    const page = await live()
    await waitForCards(page, 1)
    expect(await page.innerText('.card .time-left')).toMatch(/超期\s+01:0(0:5|1:0)\d/)
    const shown = await page.innerText('.clock')
    const server = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' })
    expect(shown.slice(0, 2)).toBe(server.format(new Date(Date.now() + 3 * hour)).slice(0, 2))
  })

  it('the supervisor acknowledges by keyboard: arrows move, A and Enter acknowledge', async () => {
    for (const id of ['r1', 'r2', 'r3'])
      screens.graph.addReview({ id, openedAt: openedBefore(Number(id[1]) * -1000 + hour) })
    const page = await live()
    await waitForCards(page, 3)
    const [first, second] = await cards(page)
    await page.focus('.card')
    await page.keyboard.press('a')
    await page.waitForSelector(`.card[data-review="${first}"] .seen`)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForSelector(`.card[data-review="${second}"] .seen`)
    expect(await page.innerText(`.card[data-review="${first}"] .seen`)).toMatch(/^✓ supervisor \d\d:\d\d 知悉$/)
    expect([...screens.graph.reviews.values()].map(review => review.acknowledgedBy).sort()).toEqual([
      null,
      'supervisor',
      'supervisor',
    ])
  })

  it('what another screen acknowledged shows here, too', async () => {
    screens.graph.addReview({ id: 'r1' })
    const page = await live()
    await waitForCards(page, 1)
    const review = screens.graph.reviews.get('r1')
    Object.assign(review, { acknowledgedAt: new Date().toISOString(), acknowledgedBy: '大厅二号屏' })
    screens.graph.reviewFeed.append({ kind: 'ACKNOWLEDGED', negativeReview: review })
    await page.waitForSelector('.seen')
    expect(await page.innerText('.seen')).toMatch(/^✓ 大厅二号屏/)
  })

  it('a handled one leaves, and a clock that passed changes its card', async () => {
    const gone = screens.graph.addReview({ id: 'gone' })
    const late = screens.graph.addReview({ id: 'late', openedAt: openedBefore(hour) })
    const page = await live()
    await waitForCards(page, 2)
    gone.state = 'CLOSED'
    screens.graph.reviewFeed.append({ kind: 'STATE_CHANGED', negativeReview: gone })
    await waitForCards(page, 1)
    const passed = { ...late.deadlines[0], state: 'PASSED', dueAt: openedBefore(60_000) }
    screens.graph.deadlineFeed.append({ kind: 'PASSED', secondsLeft: -60, deadline: passed })
    await page.waitForSelector('.card.overdue')
  })

  it('says at once that it is cut off, and after the break shows what was missed, once', async () => {
    screens.graph.addReview({ id: 'before', openedAt: openedBefore(hour) })
    const page = await live()
    await waitForCards(page, 1)
    screens.cut({ stay: true })
    await page.waitForSelector('.truth.reconnecting')
    await page.waitForFunction(() =>
      /^重连中（第 [2-9] 次）/.test(document.querySelector('.truth strong')!.textContent!),
    )
    expect(await page.innerText('.truth')).toMatch(/数据截至 \d\d:\d\d:\d\d/)
    for (const id of ['missed-1', 'missed-2', 'missed-3']) screens.graph.openReview({ id })
    screens.restore()
    await page.waitForSelector('.truth.live')
    await waitForCards(page, 4)
    expect((await cards(page)).sort()).toEqual(['before', 'missed-1', 'missed-2', 'missed-3'])
  })

  it('an event lost on the way shows in the next heartbeat and is fetched', async () => {
    const page = await live()
    screens.graph.reviewFeed.isMuted = true
    screens.graph.openReview({ id: 'lost' })
    screens.graph.reviewFeed.isMuted = false
    screens.graph.reviewFeed.beatNow()
    await waitForCards(page, 1)
    await page.waitForSelector('.truth.live')
    expect(await cards(page)).toEqual(['lost'])
  })

  it('an event lost on the way shows in the next event and both are there', async () => {
    const page = await live()
    screens.graph.reviewFeed.isMuted = true
    screens.graph.openReview({ id: 'lost' })
    screens.graph.reviewFeed.isMuted = false
    screens.graph.openReview({ id: 'next' })
    await waitForCards(page, 2)
    expect((await cards(page)).sort()).toEqual(['lost', 'next'])
  })

  it('another log makes it begin with a fresh list', async () => {
    screens.graph.openReview({ id: 'old' })
    const page = await live()
    await waitForCards(page, 1)
    screens.cut({ stay: true })
    await page.waitForSelector('.truth.reconnecting')
    screens.graph.reviewFeed.restart()
    screens.graph.deadlineFeed.restart()
    screens.graph.reviews.clear()
    screens.graph.openReview({ id: 'new' })
    screens.restore()
    await page.waitForFunction(() => document.querySelector('.card')?.getAttribute('data-review') === 'new')
    await page.waitForSelector('.truth.live')
    screens.graph.openReview({ id: 'newer' })
    await waitForCards(page, 2)
  })

  it('after 30 s without a word the cards turn grey and it no longer claims to be live', async () => {
    screens.graph.heartbeatMilliseconds = 600_000
    screens.graph.addReview({ id: 'r1' })
    const page = await open()
    await page.clock.install()
    await page.reload()
    await page.fill('#name', 'supervisor')
    await page.fill('#password', 'correct-horse')
    await page.click('button[type="submit"]')
    await page.waitForSelector('.truth.live')
    // Jumps, instead of running through, leave answers to pings the time that they really take.
    await page.clock.fastForward(20_000)
    expect(await page.getAttribute('.board', 'class')).toBe('board')
    await page.clock.fastForward(12_000)
    await page.waitForSelector('.truth.as-of')
    expect(await page.innerText('.truth strong')).toMatch(/^数据截至 \d\d:\d\d:\d\d$/)
    expect(await page.$eval('main', main => getComputedStyle(main).filter)).toBe('grayscale(1)')
    screens.graph.reviewFeed.beatNow()
    await page.waitForSelector('.truth.live')
    expect(await page.$eval('main', main => getComputedStyle(main).filter)).toBe('none')
  })

  it('what does not fit takes turns, with dots; nothing scrolls', async () => {
    for (let number = 1; number <= 20; number++)
      screens.graph.addReview({ id: `r${number}`, openedAt: openedBefore(hour + number * 1000) })
    const page = await open()
    await page.clock.install()
    await page.reload()
    await page.fill('#name', 'supervisor')
    await page.fill('#password', 'correct-horse')
    await page.click('button[type="submit"]')
    await page.waitForSelector('.dots')
    const pages = await page.locator('.dots i').count()
    expect(await page.innerText('.pages')).toContain(`第 1 页，共 ${pages} 页`)
    const seen = new Set(await cards(page))
    for (let turn = 2; turn <= pages; turn++) {
      await page.clock.runFor(15_000)
      await page.waitForFunction(now => document.querySelector('.pages')?.textContent?.includes(`第 ${now} 页`), turn)
      for (const id of await cards(page)) seen.add(id)
    }
    expect(seen.size).toBe(20)
    const size = await page.evaluate(() => [
      document.documentElement.scrollHeight,
      document.documentElement.scrollWidth,
    ])
    expect(size).toEqual([900, 1440])
  })

  it('says that the sound is off where the browser blocks it, and turns it on with a press', async () => {
    const before = await live()
    const page = await before.context().newPage()
    await page.goto(`${screens.url}/wall`)
    await page.waitForSelector('.sound-off')
    expect(await page.innerText('.sound-off')).toBe('声音未开启，点此开启')
    await page.click('.sound-off')
    await page.waitForSelector('.sound')
    expect(await page.innerText('.sound')).toBe('声音已开启')
  })

  it('flashes less than twice a second for three seconds, and not at all for those who want no motion', async () => {
    const flash = (page: Page) =>
      page.$eval('.card.is-fresh', card => {
        const { animationName, animationDuration, animationIterationCount } = getComputedStyle(card)
        return [animationName, animationDuration, animationIterationCount]
      })
    const moving = await live()
    screens.graph.openReview({ id: 'r1' })
    await moving.waitForSelector('.card.is-fresh')
    expect(await flash(moving)).toEqual(['blink', '1s', '3'])
    await moving.waitForSelector('.card:not(.is-fresh)')
    const still = await live({ ...desk, reducedMotion: 'reduce' })
    screens.graph.openReview({ id: 'r2' })
    await still.waitForSelector('.card.is-fresh')
    expect(await flash(still)).toEqual(['none', '0s', '1'])
  })

  it('a session that ended leads back to the sign-in and says so', async () => {
    const page = await live()
    screens.graph.viewerOf = () => null
    screens.cut()
    await page.waitForSelector('.sign-in')
    expect(await page.textContent('.problem')).toBe('登录已失效，请重新登录。')
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
  })

  it('signing out ends the session and closes the connection', async () => {
    const page = await live()
    await page.click('.head-tools button:last-of-type')
    await page.waitForSelector('.sign-in')
    expect(screens.graph.asked).toContain('signOut')
    await vi.waitUntil(() => screens.openSockets() === 0)
  })

  for (const language of ['zh', 'en']) {
    it(`axe finds nothing at the sign-in, on the empty board and on a full one (${language})`, async () => {
      const page = await open(desk, `?lang=${language}`)
      expect(await axeFindings(page)).toEqual([])
      await page.fill('#name', 'supervisor')
      await page.fill('#password', 'correct-horse')
      await page.click('button[type="submit"]')
      await page.waitForSelector('.truth.live')
      expect(await axeFindings(page)).toEqual([])
      for (let number = 0; number < 12; number++) {
        const seen = number % 3 === 0 ? { acknowledgedAt: openedBefore(0), acknowledgedBy: 'supervisor' } : {}
        screens.graph.addReview({ id: `r${number}`, openedAt: openedBefore(number * 2.3 * hour), ...seen })
      }
      await page.reload()
      await page.waitForSelector('.card')
      expect(await axeFindings(page)).toEqual([])
    })
  }

  it.each([
    ['a 4K wall', { width: 3840, height: 2160 }],
    ['a desk', { width: 1440, height: 900 }],
    ['a phone', { width: 320, height: 700 }],
  ])('every word of a card can be read on %s, also with long matters and in English', async (_screen, viewport) => {
    const matter = { id: 'm', name: '内资公司法定代表人变更登记（含经营范围、注册资本变更）' }
    for (const [id, days] of [
      ['r1', 0],
      ['r2', 12],
    ] as const) {
      screens.graph.addReview({
        id,
        serviceCase: { id: 'c', matter },
        dueAt: new Date(Date.now() + hour + days * 24 * hour).toISOString(),
      })
    }
    for (const query of ['', '?lang=en']) {
      const page = await live({ viewport }, query)
      await waitForCards(page, 2)
      expect(await unreadableTexts(page)).toEqual([])
    }
  })
})
