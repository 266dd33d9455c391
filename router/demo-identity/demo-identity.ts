import { createHash, generateKeyPair, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { errors, Provider, type ProviderContext } from 'oidc-provider'
import type { DemoPerson } from '../../db/seed/demo-people.ts'
import { memoryAdapter } from './memory-adapter.ts'

/** Where the provider stands on the hub's own server; its cookies reach no further. */
export const demoIdentityPath = '/demo-identity'

/** Wrong passwords in one sign-in, after which it is over. */
const mostAttempts = 5

/** What the provider vouches for (身份声明), by the scopes that were asked for. */
const claimsByScope = {
  openid: ['sub'],
  profile: ['name', 'id_number'],
  phone: ['phone_number', 'phone_number_verified'],
}

/** How long somebody may take to sign in, seconds. */
const interactionSeconds = 10 * 60

/** What a sign-in at the provider led to: on to an address, a wrong password, or a sign-in that is over. */
export type DemoSignInAnswer = { goTo: string } | 'WRONG' | 'OVER'

/** The demo's own identity provider (演示身份认证): a real OpenID provider with a few invented people and one password. */
export type DemoIdentity = {
  issuerUrl: string
  clientId: string
  clientSecret: string
  people: readonly { subject: string; name: string }[]
  /** Whether the browser is in the middle of a sign-in. */
  isSigningIn(request: IncomingMessage, response: ServerResponse): Promise<boolean>
  /** Takes the choice of a person with the password; null refuses to sign in at all. */
  signIn(
    request: IncomingMessage,
    response: ServerResponse,
    choice: { subject: string; password: string } | null,
  ): Promise<DemoSignInAnswer>
  /** Answers everything else below its path. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/**
 * Makes the provider. Keys, client secret and sign-ins live in this process alone, so that a restart begins anew.
 *
 * @param publicUrl the hub's address, without a slash at the end
 */
export async function createDemoIdentity(options: {
  publicUrl: string
  password: string
  people: readonly DemoPerson[]
}): Promise<DemoIdentity> {
  const { publicUrl, password, people } = options
  const issuerUrl = publicUrl + demoIdentityPath
  const client = { clientId: 'hub-portal', clientSecret: randomBytes(32).toString('base64url') }
  const provider = new Provider(issuerUrl, await settings({ publicUrl, people, ...client }))
  provider.proxy = true
  const callback = provider.callback()
  const attempts = new Map<string, number>()

  async function pending(request: IncomingMessage, response: ServerResponse) {
    try {
      return await provider.interactionDetails(request, response)
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return null
      throw error
    }
  }

  async function finish(
    request: IncomingMessage,
    response: ServerResponse,
    result: Parameters<Provider['interactionResult']>[2],
  ) {
    return { goTo: await provider.interactionResult(request, response, result, { mergeWithLastSubmission: false }) }
  }

  return {
    issuerUrl,
    ...client,
    people: people.map(({ subject, name }) => ({ subject, name })),
    isSigningIn: async (request, response) => (await pending(request, response)) !== null,
    async signIn(request, response, choice) {
      const interaction = await pending(request, response)
      if (!interaction) return 'OVER'
      const refusal = { error: 'access_denied', error_description: 'the person did not sign in' }
      if (!choice) return finish(request, response, refusal)
      const person = people.find(({ subject }) => subject === choice.subject)
      if (person && isEqual(choice.password, password)) {
        attempts.delete(interaction.uid)
        return finish(request, response, { login: { accountId: person.subject, remember: false } })
      }
      const count = (attempts.get(interaction.uid) ?? 0) + 1
      attempts.set(interaction.uid, count)
      if (attempts.size > 1_000) attempts.delete(attempts.keys().next().value!)
      return count < mostAttempts ? 'WRONG' : finish(request, response, refusal)
    },
    answer: (request, response) => callback(request, response),
  }
}

async function settings(options: {
  publicUrl: string
  people: readonly DemoPerson[]
  clientId: string
  clientSecret: string
}): Promise<Record<string, unknown>> {
  const { publicUrl, people, clientId, clientSecret } = options
  const isSecure = publicUrl.startsWith('https:')
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, secure: isSecure }
  return {
    adapter: memoryAdapter(),
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/me/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [await signingKey()] },
    claims: claimsByScope,
    scopes: Object.keys(claimsByScope),
    responseTypes: ['code'],
    pkce: { required: () => true },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: 'demo_identity', interaction: 'demo_identity_asks', resume: 'demo_identity_goes_on' },
      // Without `path` here the provider sets one for each of the short ones, narrower than its own.
      long: { ...cookie, path: demoIdentityPath },
      short: cookie,
    },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `${demoIdentityPath}/sign-in/${uid}` },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    findAccount: (_: unknown, subject: string) => {
      const person = people.find(one => one.subject === subject)
      return person && { accountId: subject, claims: async () => claimsOf(person) }
    },
    loadExistingGrant: grantOfOwnClient,
    renderError: sayError,
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 60,
      IdToken: 60,
      Grant: 600,
      Interaction: interactionSeconds,
      Session: 600,
    },
  }
}

/** The hub's portal is the provider's only client, so nobody is asked whether it may know who he is. */
async function grantOfOwnClient({ oidc }: ProviderContext) {
  const { provider, client, session } = oidc
  const known = session!.grantIdFor(client!.clientId)
  if (known) return provider.Grant.find(known)
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
  grant.addOIDCScope(Object.keys(claimsByScope).join(' '))
  await grant.save()
  return grant
}

async function sayError(context: ProviderContext, { error }: { error: string }): Promise<void> {
  context.type = 'text/plain; charset=utf-8'
  context.body = `登录无法继续，请回到“我的评价”重新登录。The sign-in cannot go on: begin again at /me. (${error})\n`
}

function claimsOf({ subject, name, documentNumber, phone }: DemoPerson) {
  return { sub: subject, name, id_number: documentNumber, phone_number: phone, phone_number_verified: true }
}

async function signingKey() {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') }
}

/** Compares hashes, in constant time whatever the lengths. */
function isEqual(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}
