import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoOutbox } from '../../router/demo-outbox.ts'
import { anonymousViewer } from '../../subgraphs/shared/viewer.ts'
import { webPages } from '../../web/pages.ts'
import type { DemoOutbox } from '../../web/serving/demo-outbox.ts'
import { waitFor } from '../kit/wait-for.ts'
import { closedThisMorning, openSmsRatingScene, type SmsRatingScene } from './sms-rating-scene.ts'

let scene: SmsRatingScene
beforeAll(async () => {
  scene = await openSmsRatingScene()
})
afterAll(() => scene.stop())

async function pages(outbox: DemoOutbox | null, isDemo = true) {
  const server = fastify()
  await server.register(
    webPages({
      holderOf: async () => anonymousViewer,
      sessionOf: async () => anonymousViewer,
      keepPicture: async () => null,
      execute: async () => ({}),
      demoOutbox: outbox,
      configuration: { publicUrl: 'http://127.0.0.1:4000', isDemo },
    }),
  )
  return server
}
const post = (body: Record<string, string>) => ({
  ...({ method: 'POST', url: '/outbox', payload: new URLSearchParams(body).toString() } as const),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

test('the page shows each message with masked phone and link, and takes a reply as if from that phone', async () => {
  const server = await pages(demoOutbox(scene.subgraph('exchange')))
  const empty = await server.inject('/outbox')
  expect(empty.body).toContain('还没有短信')
  const [caseId] = await scene.report(closedThisMorning('13800005001'))
  const [message] = await waitFor(async () => {
    const found = (await scene.messages()).filter(({ state }) => state === 'SENT')
    return found.length > 0 && found
  }, 'the invitation')
  const { body } = await server.inject('/outbox')
  expect(body).toContain('138****5001')
  expect(body).not.toContain('13800005001')
  expect(body).toMatch(/<a href="http:\/\/127\.0\.0\.1:4000\/r\/[\w-]{16}">/)
  expect((await server.inject('/outbox?lang=en')).body).toContain('Answer as this phone')

  const taken = await server.inject(post({ messageId: message!.id, text: '2' }))
  expect([taken.statusCode, taken.headers.location]).toEqual([303, '/outbox'])
  expect(await scene.ratings(caseId!)).toMatchObject([{ level: 2, by: 'SMS_REPLY' }])
  expect((await server.inject('/outbox')).body).toContain('将交责任单位核实整改')

  for (const lost of [{ messageId: message!.id, text: ' ' }, { messageId: 'x', text: '5' }, {}]) {
    const answer = await server.inject(post(lost as Record<string, string>))
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('回复未能送出')
  }
  await server.close()
})

test('there is no such page where messages really go out, or without a demo', async () => {
  for (const server of [await pages(null), await pages(demoOutbox(scene.subgraph('exchange')), false)]) {
    expect((await server.inject('/outbox')).statusCode).toBe(404)
    expect((await server.inject(post({ messageId: 'x', text: '5' }))).statusCode).toBe(404)
    await server.close()
  }
})
