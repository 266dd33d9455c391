import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsQr from 'jsqr'
import type { Browser, Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, signIn } from '../kit/ask.ts'
import { hubModes, type RunningHub } from '../kit/hub-modes.ts'
import { demoPassword } from '../kit/hub-process.ts'
import { waitFor } from '../kit/wait-for.ts'
import { hasBrowser, launchBrowser } from '../web/fixtures/browser.ts'

const exampleCases = readFileSync(new URL('../../db/seed/example/cases.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as { caseNumber: string; staffNumber: string; title: string })

describe.runIf(hasBrowser()).each(hubModes)('the main job %s', (_name, start) => {
  let hub: RunningHub | null
  let browser: Browser
  let directory: string
  beforeAll(async () => {
    ;[hub, browser, directory] = await Promise.all([start(), launchBrowser(), mkdtemp(join(tmpdir(), 'hub-journey-'))])
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  test('file in, code read by two independent readers, one star with a reason, a card on the wall, acknowledged, still there after the router was killed', async context => {
    if (!hub) return context.skip()
    const running = hub
    const key = await running.key('window-system')
    const wall = await openWall(browser, running)
    const before = await cardIds(wall)

    const upload = await fetch(`${running.url}/v1/cases/bulk`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      body: recentExampleFile(new Date()),
    })
    expect(await upload.json()).toMatchObject({ state: 'DONE', read: 1000, accepted: 950, rejected: 50 })

    const serviceCase = exampleCases[0]!
    const png = await ratingCode(running, key, serviceCase.caseNumber)
    const address = readWithJsQr(png)
    expect(readWithZbar(png, directory)).toBe(address)
    expect(address).toMatch(new RegExp(`^${running.url}/r/[\\w-]{32}$`))

    const phone = await browser.newPage({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true })
    await phone.goto(address)
    await expect.poll(() => phone.locator('body').innerText()).toContain(serviceCase.staffNumber)
    await phone.locator('label[for="level-1"]').tap()
    await phone.locator('.reasons[data-level="1"] label.item').first().tap()
    const submittedAt = Date.now()
    await phone.locator('main button[type="submit"]').last().tap()
    await expect
      .poll(() => phone.locator('body').innerText())
      .toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)

    const [fresh] = await waitFor(async () => {
      const added = (await cardIds(wall)).filter(id => !before.includes(id))
      return added.length > 0 && added
    }, 'the card on the wall')
    console.log(`from the citizen’s tap to the card: ${Date.now() - submittedAt} ms`)
    const card = wall.locator(`[data-review="${fresh}"]`)
    const words = await card.innerText()
    expect(words).toContain(serviceCase.staffNumber)
    expect(words).toContain(serviceCase.title.slice(2, -3))
    expect(words).toMatch(/2[34]:\d\d:\d\d/)
    expect(words).not.toMatch(/199\d{8}/)

    await card.locator('button.acknowledge').click()
    await expect.poll(() => card.locator('.seen').count()).toBe(1)

    await running.restartRouter()
    await expect.poll(() => wall.locator('footer.truth.live').count(), { timeout: 60_000 }).toBe(1)
    const after = await cardIds(wall)
    expect(after.filter(id => id === fresh)).toEqual([fresh])
    expect(new Set(after).size).toBe(after.length)
    expect(await card.locator('.seen').count()).toBe(1)
    expect(new Set(after)).toEqual(new Set(await openReviews(running)))
  })
})

/**
 * The example file as if it had been exported today: its days are moved so that the last one is yesterday, since a case can be rated for thirty days only.
 * Days that do not exist stay as they are; they are among its faults.
 */
function recentExampleFile(now: Date): string {
  const text = readFileSync(new URL('../../db/seed/example/cases.csv', import.meta.url), 'utf8')
  const days = Math.floor((now.getTime() - Date.parse('2026-11-21T00:00:00+08:00')) / 86_400_000)
  return text.replaceAll(/\b2026-\d\d-\d\d/g, day => {
    const at = new Date(`${day}T00:00:00Z`)
    if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) return day
    return new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  })
}

async function openWall(browser: Browser, hub: RunningHub): Promise<Page> {
  const wall = await browser.newPage({ viewport: { width: 3840, height: 2160 } })
  await wall.goto(`${hub.url}/wall`)
  await wall.fill('#name', 'supervisor')
  await wall.fill('#password', demoPassword)
  await wall.keyboard.press('Enter')
  await wall.locator('footer.truth.live').waitFor({ timeout: 60_000 })
  return wall
}

const cardIds = (wall: Page): Promise<string[]> =>
  wall.locator('[data-review]').evaluateAll(cards => cards.map(card => card.getAttribute('data-review') ?? ''))

async function openReviews(hub: RunningHub): Promise<string[]> {
  const supervisor = await signIn(hub, 'supervisor', demoPassword)
  const { openNegativeReviews } = await ask<{ openNegativeReviews: { edges: { node: { id: string } }[] } }>(
    hub,
    '{ openNegativeReviews(first: 100) { edges { node { id } } } }',
    {},
    supervisor,
  )
  return openNegativeReviews.edges.map(({ node }) => node.id)
}

async function ratingCode(hub: RunningHub, key: string, caseNumber: string): Promise<Buffer> {
  const response = await fetch(`${hub.url}/v1/cases/${caseNumber}/code.png`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(response.headers.get('content-type')).toBe('image/png')
  return Buffer.from(await response.arrayBuffer())
}

function readWithJsQr(png: Buffer): string {
  const { data, width, height } = PNG.sync.read(png)
  return jsQr(new Uint8ClampedArray(data), width, height)?.data ?? ''
}

function readWithZbar(png: Buffer, directory: string): string {
  const file = join(directory, 'code.png')
  writeFileSync(file, png)
  try {
    return execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8' }).trim()
  } catch (error) {
    if (process.env.CI === 'true') throw error
    console.warn('skipped: the second reader, zbarimg, is not installed')
    return readWithJsQr(png)
  }
}
