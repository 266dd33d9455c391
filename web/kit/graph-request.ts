import type { TypedDocumentString } from './generated/operations.ts'

/** Why the graph gave no data. */
export type GraphFaultReason =
  /** No answer: network, server or a part of it is down. Worth trying again. */
  | 'UNREACHABLE'
  /** The token is not, or no longer, good. */
  | 'SIGNED_OUT'
  /** The operation itself was refused. */
  | 'REFUSED'

export class GraphFault extends Error {
  readonly reason: GraphFaultReason
  constructor(reason: GraphFaultReason, message: string) {
    super(message)
    this.reason = reason
  }
}

type GraphAnswer<T> = { data?: T | null; errors?: { message: string; extensions?: { code?: string } }[] }

/** How long an answer is waited for, milliseconds. */
const patienceMilliseconds = 15_000

/**
 * Sends one registered document by its id (decision 16).
 *
 * @throws GraphFault
 */
export async function graphRequest<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  token: string | null = null,
): Promise<TResult> {
  const answer = await send(document, variables, token)
  const errors = answer.errors ?? []
  if (errors.some(error => error.extensions?.code === 'UNAUTHENTICATED')) {
    throw new GraphFault('SIGNED_OUT', errors[0]!.message)
  }
  if (answer.data) return answer.data
  throw new GraphFault('REFUSED', errors[0]?.message ?? 'no data')
}

async function send<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  token: string | null,
): Promise<GraphAnswer<TResult>> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ documentId: document.__meta__?.hash, variables }),
      signal: AbortSignal.timeout(patienceMilliseconds),
    })
    if (response.status === 401) throw new GraphFault('SIGNED_OUT', 'the token is not good')
    if (response.status >= 500) throw new GraphFault('UNREACHABLE', `status ${response.status}`)
    return await response.json()
  } catch (fault) {
    throw fault instanceof GraphFault ? fault : new GraphFault('UNREACHABLE', String(fault))
  }
}
