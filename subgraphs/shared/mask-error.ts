import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { graphError } from './graph-error.ts'
import type { Log } from './log.ts'

const wordedCode = /^[A-Z][A-Z0-9_]{2,63}$/

/** Codes by which graphql-js and Apollo Server mean "something we did not expect", never a sentence for clients. */
const unwordedCodes = new Set([
  'INTERNAL_SERVER_ERROR',
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_PARSE_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
])

/**
 * What may leave a subgraph of an error (屏蔽内部错误): errors that were thrown with a code of their own leave as they are,
 * everything else is logged with its cause and leaves as `INTERNAL`.
 */
export function maskError(
  error: GraphQLFormattedError,
  cause: unknown,
  log: Log,
  subgraph: string,
): GraphQLFormattedError {
  if (isWorded(error, cause)) return error
  log.error({ subgraph, path: error.path, error: original(cause) }, 'a resolver failed')
  return { ...graphError('INTERNAL').toJSON(), ...(error.path && { path: error.path }) }
}

function isWorded(error: GraphQLFormattedError, cause: unknown): boolean {
  const code = error.extensions?.code
  if (typeof code !== 'string' || !wordedCode.test(code) || unwordedCodes.has(code)) return false
  const thrown = original(cause)
  return thrown instanceof GraphQLError
}

function original(cause: unknown): unknown {
  return cause instanceof GraphQLError && cause.originalError ? original(cause.originalError) : cause
}
