import type { GraphQLError } from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'

/** What a client may send, over HTTP and in the payload of a WebSocket's `subscribe` (请求参数). */
export type GraphqlRequest = {
  text?: string
  documentId?: string
  operationName?: string
  variables?: Record<string, unknown>
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the parameters of GraphQL over HTTP, with `documentId` and the hash of a persisted query beside `query`; the error names the one at fault. */
export function readGraphqlRequest(body: unknown): GraphqlRequest | GraphQLError {
  if (Array.isArray(body)) return graphError('BATCHING_REFUSED')
  if (!isMap(body)) return graphError('BAD_REQUEST', { fact: 'body' })
  const { query, documentId, operationName, variables, extensions } = body
  if (query != null && typeof query !== 'string') return graphError('BAD_REQUEST', { fact: 'query' })
  if (operationName != null && typeof operationName !== 'string')
    return graphError('BAD_REQUEST', { fact: 'operationName' })
  if (variables != null && !isMap(variables)) return graphError('BAD_REQUEST', { fact: 'variables' })
  if (extensions != null && !isMap(extensions)) return graphError('BAD_REQUEST', { fact: 'extensions' })
  const hash = isMap(extensions?.persistedQuery) ? extensions.persistedQuery.sha256Hash : undefined
  const id = documentId ?? hash
  if (id != null && typeof id !== 'string') return graphError('BAD_REQUEST', { fact: 'documentId' })
  if (query == null && id == null) return graphError('BAD_REQUEST', { fact: 'query' })
  return {
    // graphql-transport-ws wants a `query` even beside an id; an empty one says nothing.
    text: id != null && query === '' ? undefined : (query ?? undefined),
    documentId: id ?? undefined,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
  }
}

/** Reads the same from the query of a GET. */
export function readUrlRequest(search: URLSearchParams): GraphqlRequest | GraphQLError {
  const body: Record<string, unknown> = {}
  for (const name of ['query', 'documentId', 'operationName']) body[name] = search.get(name) ?? undefined
  for (const name of ['variables', 'extensions']) {
    const text = search.get(name)
    if (!text) continue
    try {
      body[name] = JSON.parse(text)
    } catch {
      return graphError('BAD_REQUEST', { fact: name })
    }
  }
  return readGraphqlRequest(body)
}
