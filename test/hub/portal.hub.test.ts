import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoCitizen } from '../../db/seed/demo-people.ts'
import { createDemoIdentity } from '../../router/demo-identity/demo-identity.ts'
import { demoIdentityRoutes } from '../../router/demo-identity/demo-identity-routes.ts'
import { freePort } from '../kit/free-port.ts'
import { demoPassword, type HubProcess, startHubProcess } from '../kit/hub-process.ts'

let hub: HubProcess
let providerPort: number
let provider: FastifyInstance | undefined
beforeAll(async () => {
  providerPort = await freePort()
  hub = await startHubProcess({
    OIDC_ISSUER_URL: `http://127.0.0.1:${providerPort}/demo-identity`,
    OIDC_CLIENT_ID: 'hub-portal',
    OIDC_CLIENT_SECRET: 'a-secret-of-the-test',
  })
})
afterAll(async () => {
  await provider?.close()
  await hub?.stop()
})

const beginSignIn = (headers: Record<string, string> = {}) =>
  fetch(`${hub.url}/me/sign-in`, { method: 'POST', headers, redirect: 'manual' })

test('a provider that is down is said so in words, and found as soon as it is back', async () => {
  expect((await fetch(`${hub.url}/me`)).status).toBe(200)
  const down = await beginSignIn()
  expect(down.status).toBe(503)
  expect(await down.text()).toContain('身份认证平台暂时没有响应')

  const publicUrl = `http://127.0.0.1:${providerPort}`
  const identity = await createDemoIdentity({ publicUrl, password: demoPassword, people: [demoCitizen] })
  provider = fastify({ forceCloseConnections: true })
  await provider.register(demoIdentityRoutes(identity))
  await provider.listen({ port: providerPort, host: '127.0.0.1' })
  const up = await beginSignIn()
  expect(up.status).toBe(200)
  const asked = new URL(up.headers.get('refresh')!.replace('0;url=', ''))
  expect(asked.origin + asked.pathname).toBe(`${publicUrl}/demo-identity/auth`)
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    client_id: 'hub-portal',
    response_type: 'code',
    scope: 'openid profile phone',
    redirect_uri: `${hub.url}/me/callback`,
    code_challenge_method: 'S256',
    prompt: 'login',
  })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.searchParams.get(name)).toMatch(/^[\w-]{43}$/)
})

test('with a provider of its own the hub runs none, and other sites start no sign-in in a visitor’s name', async () => {
  expect((await fetch(`${hub.url}/demo-identity/.well-known/openid-configuration`)).status).toBe(404)
  expect((await beginSignIn({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

test('an answer that nobody asked for opens no session', async () => {
  const answer = await fetch(`${hub.url}/me/callback?code=guessed&state=guessed`, { redirect: 'manual' })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('这次登录已经失效')
  const forged = await fetch(`${hub.url}/me`, {
    headers: { cookie: 'hub_me=hub_z_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
  })
  expect(forged.status).toBe(401)
  expect(forged.headers.getSetCookie().join()).toContain('hub_me=; Path=/; Max-Age=0')
})

test('GET starts no sign-in and ends none', async () => {
  const begun = await fetch(`${hub.url}/me/sign-in`, { redirect: 'manual' })
  expect([begun.status, begun.headers.get('location'), begun.headers.getSetCookie()]).toEqual([303, '/me', []])
  expect((await fetch(`${hub.url}/me/sign-out`)).status).toBe(404)
})
