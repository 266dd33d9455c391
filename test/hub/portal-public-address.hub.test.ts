import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'

const publicUrl = 'https://hcp.example.test'

let hub: HubProcess
beforeAll(async () => {
  hub = await startHubProcess({ PUBLIC_URL: publicUrl })
})
afterAll(() => hub?.stop())

/** A browser that reaches the public address through a proxy: keeps cookies by their paths, follows nothing by itself. */
function visitor() {
  const cookies = new Map<string, { value: string; path: string; line: string }>()
  async function request(address: string, fields?: Record<string, string>) {
    const { pathname, search } = new URL(address, publicUrl)
    const sent = [...cookies].filter(([, { path }]) => pathname.startsWith(path))
    const response = await fetch(hub.url + pathname + search, {
      method: fields ? 'POST' : 'GET',
      headers: { cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; ') },
      ...(fields && { body: new URLSearchParams(fields) }),
      redirect: 'manual',
    })
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=') as [string, string]
      cookies.set(name, { value, path: /path=([^;]+)/i.exec(line)![1]!, line })
    }
    return {
      status: response.status,
      goTo: response.headers.get('location') ?? '',
      response,
      text: await response.text(),
    }
  }
  return { request, cookies }
}

test('behind a public https address the demo’s provider is reached, answers with that address, and keeps its cookies to itself', async () => {
  const { request, cookies } = visitor()
  const begun = await request('/me/sign-in', {})
  const asked = begun.response.headers.get('refresh')!.replace('0;url=', '')
  expect(asked).toMatch(`${publicUrl}/demo-identity/auth?`)
  const people = await request(asked)
  expect(people.goTo).toMatch(/^\/demo-identity\/sign-in\/[\w-]+$/)
  expect((await request(people.goTo)).status).toBe(200)
  const chosen = await request(people.goTo, { subject: 'citizen', password: demoPassword })
  expect(chosen.goTo).toMatch(`${publicUrl}/demo-identity/auth/`)
  const answered = await request(chosen.goTo)
  expect(answered.goTo).toMatch(`${publicUrl}/me/callback?`)
  const back = await request(answered.goTo)
  expect([back.status, back.goTo]).toEqual([303, '/me'])
  expect((await request('/me')).text).toContain('办件编号')

  const lines = [...cookies.values()].map(({ line }) => line.toLowerCase())
  for (const line of lines) expect(line).toMatch(/(?=.*; secure)(?=.*; httponly)(?=.*; samesite=lax)/)
  for (const [name, { path }] of cookies) {
    if (name.startsWith('demo_identity')) expect(path).toMatch(/^\/demo-identity/)
  }
  expect(cookies.get('hub_me')!.path).toBe('/')
  expect(cookies.get('hub_me_sign_in')).toMatchObject({ value: '', path: '/me' })
})

test('a guessed secret, or an address that is not the portal’s, gets nothing from the provider', async () => {
  const token = await fetch(`${hub.url}/demo-identity/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('hub-portal:guessed').toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'guessed',
      redirect_uri: `${publicUrl}/me/callback`,
    }),
  })
  expect(token.status).toBe(401)
  const elsewhere = await fetch(
    `${hub.url}/demo-identity/auth?client_id=hub-portal&response_type=code&scope=openid&redirect_uri=https://elsewhere.test/`,
    { redirect: 'manual' },
  )
  expect(elsewhere.status).toBe(400)
  expect(await elsewhere.text()).toContain('登录无法继续')
})
