import { expect, test } from 'vitest'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { keepPending, readPending } from '../../web/me/pending-sign-in.ts'
import type { CitizenSignIn } from '../../web/serving/citizen-sign-in.ts'

const signInOf = (crypto = createCrypto(generateSecretKeys())): CitizenSignIn => ({
  provider: { issuerUrl: 'http://127.0.0.1', clientId: 'hub', clientSecret: 'secret' },
  demo: null,
  openSession: async () => null,
  seal: text => crypto.sealAsText('web.me.sign_in', text),
  open: sealed => crypto.openFromText('web.me.sign_in', sealed),
})

const pending = { state: 'state-1', nonce: 'nonce-1', verifier: 'verifier-1' }
const now = Date.parse('2026-11-21T02:00:00Z')

test('what a browser must come back with is sealed, for the pages alone and for ten minutes', () => {
  const signIn = signInOf()
  const cookie = keepPending(signIn, pending, now, true)
  expect(cookie).toMatch(/; Path=\/me; Max-Age=600; SameSite=Lax; Secure; HttpOnly$/)
  expect(cookie).not.toContain('verifier-1')
  const sent = cookie.split(';')[0]
  expect(readPending(signIn, sent, now)).toEqual(pending)
  expect(readPending(signIn, sent, now + 599_999)).toEqual(pending)
  expect(readPending(signIn, sent, now + 600_000)).toBeNull()
})

test('a cookie of another hub, an altered one and none at all are nothing', () => {
  const signIn = signInOf()
  const sent = keepPending(signIn, pending, now, false).split(';')[0]!
  expect(readPending(signInOf(), sent, now)).toBeNull()
  expect(
    readPending(
      signIn,
      sent.replace(/=./, start => (start === '=A' ? '=B' : '=A')),
      now,
    ),
  ).toBeNull()
  expect(readPending(signIn, 'hub_me_sign_in=', now)).toBeNull()
  expect(readPending(signIn, undefined, now)).toBeNull()
})
