import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOf } from './fixtures/page.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

let screens: ScreenServer
beforeAll(async () => {
  screens = await startScreens({ isDemo: false })
})
afterAll(() => screens.stop())

test.each([
  ['GET', '/me', 200],
  ['GET', '/me/sign-in', 200],
  ['POST', '/me/sign-in', 503],
] as const)(
  '%s %s without an identity provider says that sign-in is not set up, and how to rate all the same',
  async (method, url, status) => {
    const answer = await screens.server.inject({ method, url })
    expect(answer.statusCode).toBe(status)
    expect(textOf(answer.body)).toContain('还没有开通登录')
    expect(textOf(answer.body)).toContain('二维码')
    expect(answer.body).not.toContain('action="/me/sign-in"')
    expect(answer.headers['cache-control']).toBe('no-store')
  },
)

test('the entrance speaks English to whoever asks for it', async () => {
  const answer = await screens.server.inject({ method: 'GET', url: '/me?lang=en' })
  expect(textOf(answer.body)).toContain('Sign-in is not set up')
})

test('nobody’s list, ratings or switch answer with the entrance', async () => {
  for (const url of ['/me/append/018f0000-0000-7000-8000-000000000000', '/me']) {
    expect(textOf((await screens.server.inject({ method: 'GET', url })).body)).toContain('我的评价')
  }
  for (const url of ['/me', '/me/rate', '/me/act-for', '/me/append/018f0000-0000-7000-8000-000000000000']) {
    const answer = await screens.server.inject({ method: 'POST', url })
    expect(textOf(answer.body)).toContain('我的评价')
    expect(screens.graph.asked).not.toContain('issueRatingCode')
  }
})
