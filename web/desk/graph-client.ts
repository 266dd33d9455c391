import { Client, cacheExchange, fetchExchange, type TypedDocumentNode } from 'urql'
import type { TypedDocumentString } from '../kit/generated/operations.ts'
import { currentSession } from './session.ts'

/** How long an answer is waited for, milliseconds. */
const patienceMilliseconds = 20_000

/**
 * The graph as the signed-in person sees it. Answers seen before are shown at once and asked for again, so that going back restores a list
 * where it was; whoever signs in gets a client of his own, so that nothing is shown to the next person.
 */
export function openGraphClient(): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: () => ({ headers: { authorization: `Bearer ${currentSession().token}` } }),
    fetch: (address, options) =>
      fetch(address, {
        ...options,
        signal: AbortSignal.any([
          ...(options?.signal ? [options.signal] : []),
          AbortSignal.timeout(patienceMilliseconds),
        ]),
      }),
  })
}

/** A registered document as urql takes it: by its id alone (decision 16). */
export function asRegistered<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
): TypedDocumentNode<TResult, TVariables & Record<string, unknown>> {
  return { kind: 'Document', definitions: [], documentId: document.__meta__?.hash } as never
}
