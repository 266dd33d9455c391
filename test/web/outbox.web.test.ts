import fastify, { type FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'
import { webPages } from '../../web/pages.ts'
import type { OutboxMessage } from '../../web/serving/demo-outbox.ts'
import { axeFindings } from './fixtures/axe.ts'
import { hasBrowser, launchBrowser } from './fixtures/browser.ts'
import { doubleText, unreadableTexts } from './fixtures/reflow.ts'

const invitation = (id: string, more: Partial<OutboxMessage> = {}): OutboxMessage => ({
  ...{ id, kind: 'RATING_INVITATION', state: 'SENT', maskedPhone: '138****0001', fault: null },
  text: '【政务服务】您在示例市医疗保障局办理的“医疗费用手工报销”已办结，请评价：https://hub.example.cn/r/Zk3xxxxxxxxxxxxx 。回复1至5即可评价，回复TD退订。',
  ...{ queuedAt: '2026-11-21T02:00:00.000Z', sentAt: '2026-11-21T02:00:01.000Z', ...more },
})

describe.skipIf(!hasBrowser())('the demo’s outbox in a browser', () => {
  let server: FastifyInstance
  let browser: Browser
  let address: string
  let kept: OutboxMessage[] = []
  const replies: [string, string][] = []
  const faults: string[] = []
  beforeAll(async () => {
    server = fastify()
    await server.register(
      webPages({
        holderOf: async () => anonymousViewer,
        sessionOf: async () => anonymousViewer,
        keepPicture: async () => null,
        execute: async () => ({}),
        demoOutbox: {
          messages: async () => kept,
          reply: async (id, text) => replies.push([id, text]) > 0,
        },
        configuration: { publicUrl: 'http://127.0.0.1:4000', isDemo: true },
      }),
    )
    ;[address, browser] = await Promise.all([server.listen({ host: '127.0.0.1', port: 0 }), launchBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(faults.splice(0)).toEqual([])
  })

  async function open(options: object, query = ''): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage()
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await page.goto(`${address}/outbox${query}`)
    return page
  }

  it('a new message comes by itself, a reply that is being written is not taken away', async () => {
    kept = [invitation('m1')]
    const page = await open({ viewport: { width: 360, height: 740 } })
    kept = [invitation('m2', { maskedPhone: '139****0002' }), ...kept]
    await page.getByText('139****0002').waitFor()
    await page.fill('#reply-m1', '5')
    kept = [invitation('m3', { maskedPhone: '137****0003' }), ...kept]
    const other = await open({ viewport: { width: 360, height: 740 } })
    await other.getByText('137****0003').waitFor()
    expect(await page.inputValue('#reply-m1')).toBe('5')
    await page
      .locator('li', { has: page.locator('#reply-m1') })
      .locator('button')
      .click()
    await page.getByText('137****0003').waitFor()
    expect(replies).toEqual([['m1', '5']])
  })

  for (const language of ['zh', 'en']) {
    it(`axe finds nothing, targets are large, and nothing is cut off at 320 px with doubled text (${language})`, async () => {
      for (const messages of [[], [invitation('m1'), invitation('m2', { state: 'FAILED', fault: 'BAD_NUMBER' })]]) {
        kept = messages
        const page = await open({ viewport: { width: 320, height: 640 } }, `?lang=${language}`)
        expect(await axeFindings(page)).toEqual([])
        const low = await page.$$eval('button, a.reload, input[type=text]', elements =>
          elements.map(element => element.getBoundingClientRect().height).filter(height => height < 60),
        )
        expect(low).toEqual([])
        await doubleText(page)
        expect(await unreadableTexts(page)).toEqual([])
      }
    })
  }
})
