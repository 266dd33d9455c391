import * as oidc from 'openid-client'
import type { CitizenIdentity, IdentityProvider } from '../serving/citizen-sign-in.ts'

/** What this browser must come back with (登录请求). */
export type PendingSignIn = { state: string; nonce: string; verifier: string }

/** Why nobody is signed in now. */
export type SignInFault =
  /** The provider does not answer. */
  | 'UNAVAILABLE'
  /** The person, or the provider, said no. */
  | 'DENIED'
  /** The answer is not one to this request, or was used before. */
  | 'STALE'
  /** The provider vouches for nobody in particular: no name. */
  | 'NAMELESS'

/** How long the provider is waited for, seconds. */
const patienceSeconds = 10

/** Document and phone are asked for by their usual scopes; what a provider does not know it leaves out. */
const scope = 'openid profile phone'

/** Signs people in at an OpenID provider (authorization code with PKCE). */
export type SignInDesk = {
  begin(): Promise<{ address: string; pending: PendingSignIn } | 'UNAVAILABLE'>
  finish(callbackAddress: URL, pending: PendingSignIn): Promise<CitizenIdentity | SignInFault>
}

/**
 * The provider is looked up when the first person signs in, and again until it answers: the demo's own one runs in this very process and
 * answers only once the hub listens; others may be down when the hub starts.
 */
export function openSignInDesk(provider: IdentityProvider, publicUrl: string): SignInDesk {
  let known: Promise<oidc.Configuration> | undefined
  const configuration = () => {
    known ??= discover(provider).catch(error => {
      known = undefined
      throw error
    })
    return known
  }

  return {
    async begin() {
      const found = await configuration().catch(() => null)
      if (!found) return 'UNAVAILABLE'
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      }
      const address = oidc.buildAuthorizationUrl(found, {
        redirect_uri: `${publicUrl}/me/callback`,
        scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        // Phones and computers are passed on: nobody shall come in by the sign-in of whoever sat here before.
        prompt: 'login',
      })
      return { address: address.href, pending }
    },

    async finish(callbackAddress, { state, nonce, verifier }) {
      if (callbackAddress.searchParams.get('state') !== state) return 'STALE'
      try {
        const found = await configuration()
        const tokens = await oidc.authorizationCodeGrant(found, callbackAddress, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const { sub } = tokens.claims()!
        const told = await oidc.fetchUserInfo(found, tokens.access_token, sub)
        return identityOf(found.serverMetadata().issuer, { ...tokens.claims(), ...told })
      } catch (error) {
        return faultOf(error)
      }
    },
  }
}

function discover({ issuerUrl, clientId, clientSecret, reach }: IdentityProvider): Promise<oidc.Configuration> {
  // A provider on plain HTTP is one of this machine or network that somebody configured so.
  const execute = issuerUrl.startsWith('http:') ? [oidc.allowInsecureRequests] : []
  const options: oidc.DiscoveryRequestOptions = { execute, timeout: patienceSeconds }
  if (reach) options[oidc.customFetch] = (address, request) => fetch(reach(address), request as RequestInit)
  return oidc.discovery(new URL(issuerUrl), clientId, clientSecret, undefined, options)
}

function identityOf(issuer: string, claims: Record<string, unknown>): CitizenIdentity | SignInFault {
  const text = (claim: string) => {
    const value = claims[claim]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
  }
  const name = text('name')
  if (!name) return 'NAMELESS'
  return {
    issuer,
    subject: String(claims.sub),
    name,
    documentNumber: text('id_number'),
    // Cases are found by it: a number that the provider never checked may be another person's.
    phone: claims.phone_number_verified === false ? null : text('phone_number'),
  }
}

function faultOf(error: unknown): SignInFault {
  if (error instanceof oidc.AuthorizationResponseError) return 'DENIED'
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500 ? 'UNAVAILABLE' : 'STALE'
  const code = (error as { code?: string }).code ?? ''
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return 'UNAVAILABLE'
  return code.startsWith('OAUTH_') ? 'STALE' : 'UNAVAILABLE'
}
