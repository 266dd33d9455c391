import type { IncomingMessage, ServerResponse } from 'node:http'

/** The identity provider of citizens (实名认证平台) as it was configured. */
export type IdentityProvider = {
  issuerUrl: string
  clientId: string
  clientSecret: string
  /** How to reach it from here, where that differs from its public address. */
  reach?: (address: string) => string
}

/** Whom a provider vouches for (实名身份). */
export type CitizenIdentity = {
  issuer: string
  subject: string
  name: string
  documentNumber: string | null
  phone: string | null
}

/** The demo's provider, as far as its page of people needs it. */
export type DemoSignIn = {
  people: readonly { subject: string; name: string }[]
  isSigningIn(request: IncomingMessage, response: ServerResponse): Promise<boolean>
  signIn(
    request: IncomingMessage,
    response: ServerResponse,
    choice: { subject: string; password: string } | null,
  ): Promise<{ goTo: string } | 'WRONG' | 'OVER'>
}

/** What the pages need so that citizens can sign in (实名登录). */
export type CitizenSignIn = {
  provider: IdentityProvider
  /** Null where the provider is not the demo's own. */
  demo: DemoSignIn | null
  /** Opens a session of the hub; null when that cannot be done now. */
  openSession(identity: CitizenIdentity): Promise<{ token: string; expiresAt: string } | null>
  /** Keeps a text so that only this hub can read it or have written it. */
  seal(text: string): string
  /** @throws when it was not sealed here, or was altered */
  open(sealed: string): string
}
