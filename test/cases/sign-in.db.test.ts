import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousViewer, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import {
  accountViewer,
  clientKey,
  clientViewer,
  smallDirectory,
  smallDirectoryPassword,
} from '../kit/small-directory.ts'

let scene: CasesScene
beforeAll(async () => {
  scene = await openCasesScene()
})
afterAll(() => scene.stop())

type SignInAnswer = { __typename: string; token: string; code?: string; retryAfterSeconds?: number }

const signIn = (name: string, password = smallDirectoryPassword) =>
  scene
    .ask<{ signIn: SignInAnswer }>(
      anonymousViewer,
      `mutation ($input: SignInInput!) { signIn(input: $input) {
         __typename
         ... on SignInSuccess { token expiresAt viewer { name role region { code } hall { name } window { number } staffMember { staffNumber } sessionExpiresAt } }
         ... on SignInRefused { code message retryAfterSeconds }
       } }`,
      { input: { name, password } },
    )
    .then(answer => answer.signIn)

const identify = async (credential: string) => {
  const { identify } = await scene.ask<{ identify: string | null }>(
    systemViewer('door'),
    'query ($credential: String!) { identify(credential: $credential) }',
    { credential },
  )
  return identify ? (JSON.parse(identify) as Viewer) : null
}

const later = (seconds: number) => {
  scene.clock.now = new Date(scene.clock.now.getTime() + seconds * 1_000)
}

test('a window clerk signs in, is identified by the token with his own scope, and nobody is after he signed out', async () => {
  const answer = await signIn('window')
  expect(answer).toEqual({
    __typename: 'SignInSuccess',
    token: expect.stringMatching(/^hub_s_[A-Za-z0-9_-]{43}$/),
    expiresAt: '2026-11-20T14:00:00.000Z',
    viewer: {
      name: 'window',
      role: 'WINDOW_STAFF',
      region: { code: '410100' },
      hall: { name: '甲州市政务大厅' },
      window: { number: 'A01' },
      staffMember: { staffNumber: 'SB001' },
      sessionExpiresAt: '2026-11-20T14:00:00.000Z',
    },
  })
  const viewer = await identify(answer.token)
  expect(viewer).toEqual({
    ...accountViewer('window'),
    sessionId: expect.any(String),
    expiresAt: Date.parse('2026-11-20T14:00:00Z') / 1_000,
  })
  const signOut = 'mutation { signOut { __typename ... on SignOutSuccess { signedOut } } }'
  expect(await scene.ask(viewer!, signOut)).toEqual({ signOut: { __typename: 'SignOutSuccess', signedOut: true } })
  expect(await identify(answer.token)).toBeNull()
  expect(await scene.ask(anonymousViewer, signOut)).toEqual({ signOut: { __typename: 'NotPermitted' } })
})

test('a session ends after twelve hours', async () => {
  const { token } = await signIn('city')
  later(12 * 3_600 - 1)
  expect(await identify(token)).toMatchObject({ role: 'MANAGEMENT_BODY' })
  later(1)
  expect(await identify(token)).toBeNull()
})

test('only a hash of the token is stored', async () => {
  const { token } = await signIn('analyst')
  const rows = await scene.database.inScope({ reach: 'EVERYTHING', name: 'sign-in' }, tx =>
    tx.query<{ hash: string }>(`select encode(token_hash, 'hex') as hash from cases.sessions`),
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'))
  expect(rows.every(row => row.hash.length === 64)).toBe(true)
})

test.each([
  ['an account', 'auditor'],
  ['a name without account', 'nobody-of-this-name'],
  ['a name that cannot be one', 'zero\u0000character'],
])('%s waits longer after every failure', async (_what, name) => {
  const seconds: unknown[] = []
  for (let attempt = 0; attempt < 7; attempt++) {
    const refused = await signIn(name, 'wrong')
    expect(refused).toMatchObject({
      __typename: 'SignInRefused',
      code: 'SIGN_IN_REFUSED',
      message: '账号或密码不正确',
    })
    seconds.push(refused.retryAfterSeconds)
    if (Number(refused.retryAfterSeconds) > 0) {
      expect(await signIn(name)).toMatchObject({
        code: 'SIGN_IN_TOO_SOON',
        message: `尝试过于频繁，请 ${refused.retryAfterSeconds} 秒后再试`,
        retryAfterSeconds: refused.retryAfterSeconds,
      })
      later(Number(refused.retryAfterSeconds))
    }
  }
  expect(seconds).toEqual([0, 0, 0, 2, 4, 8, 16])
})

test('the right password after the wait clears the count', async () => {
  for (let attempt = 0; attempt < 4; attempt++) await signIn('handler', 'wrong')
  later(2)
  expect(await signIn('handler')).toMatchObject({ __typename: 'SignInSuccess' })
  expect(await signIn('handler', 'wrong')).toMatchObject({ code: 'SIGN_IN_REFUSED', retryAfterSeconds: 0 })
})

test('ten guesses at once are counted as ten in a row', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => signIn('province', 'wrong')))
  const codes = answers.map(answer => String(answer.code)).sort()
  expect(codes).toEqual([...Array(4).fill('SIGN_IN_REFUSED'), ...Array(6).fill('SIGN_IN_TOO_SOON')])
})

test('a closed account is answered like an unknown one, an initial password asks to be changed first', async () => {
  expect(await signIn('retired')).toMatchObject({ code: 'SIGN_IN_REFUSED' })
  expect(await signIn('newcomer', 'wrong')).toMatchObject({ code: 'SIGN_IN_REFUSED' })
  expect(await signIn('newcomer')).toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED', retryAfterSeconds: 0 })
})

test('keys of clients and devices are identified with their scope, closed and invented ones are not', async () => {
  expect(await identify(clientKey('windowSystem'))).toEqual(clientViewer('windowSystem'))
  expect(await identify(clientKey('device'))).toEqual(clientViewer('device'))
  expect(await identify(clientKey('closedSystem'))).toBeNull()
  expect(await identify(clientKey('device').replace('hub_d_', 'hub_k_'))).toBeNull()
  expect(await identify(`hub_k_${'A'.repeat(43)}`)).toBeNull()
  expect(await identify("' or 1=1 --")).toBeNull()
})

test('a device is seen when it asks, at most once a minute', async () => {
  const seenAt = () =>
    scene.database.inScope({ reach: 'EVERYTHING', name: 'sign-in' }, async tx => {
      const [row] = await tx.query<{ at: Date }>('select last_seen_at as at from cases.api_clients where id = $1', [
        smallDirectory.clients.device,
      ])
      return row!.at.toISOString()
    })
  later(120)
  await identify(clientKey('device'))
  const first = scene.clock.now.toISOString()
  expect(await seenAt()).toBe(first)
  later(30)
  await identify(clientKey('device'))
  expect(await seenAt()).toBe(first)
  later(31)
  await identify(clientKey('device'))
  expect(await seenAt()).toBe(scene.clock.now.toISOString())
})

test('nobody but the hub itself may ask who holds a credential', async () => {
  for (const viewer of [anonymousViewer, accountViewer('province'), clientViewer('windowSystem')]) {
    const document = 'query { identify(credential: "x") }'
    expect(await scene.refusedWith(viewer, document)).toEqual(['NOT_PERMITTED'])
  }
})
