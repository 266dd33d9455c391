/** The little of oidc-provider 9 that the demo's identity provider uses; the package carries no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export type Account = {
    accountId: string
    claims(use: string, scope: string): Promise<{ sub: string } & Record<string, unknown>>
  }

  export type PendingInteraction = {
    uid: string
    prompt: { name: string }
    params: Record<string, unknown>
  }

  export type ProviderContext = {
    type: string
    body: unknown
    oidc: {
      provider: Provider
      client?: { clientId: string }
      session?: { accountId?: string; grantIdFor(clientId: string): string | undefined }
    }
  }

  export type Grant = { addOIDCScope(scope: string): void; save(): Promise<string> }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    /** Believe `X-Forwarded-Host` and `X-Forwarded-Proto`. */
    proxy: boolean
    Grant: {
      new (of: { clientId: string; accountId: string }): Grant
      find(id: string): Promise<Grant | undefined>
    }
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<PendingInteraction>
    /** Ends the interaction; answers the address where the browser goes on. */
    interactionResult(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string; remember: boolean } } | { error: string; error_description: string },
      options: { mergeWithLastSubmission: boolean },
    ): Promise<string>
  }

  export const errors: { SessionNotFound: new () => Error }
}
