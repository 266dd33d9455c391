import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Log } from '../subgraphs/shared/log.ts'

const wordedCode = /^[A-Z][A-Z0-9_]{2,63}$/

/** Codes of planners and servers, and the one of ours that they mean. */
const translated: Record<string, 'SUBGRAPH_UNAVAILABLE' | 'INTERNAL'> = {
  DOWNSTREAM_SERVICE_ERROR: 'SUBGRAPH_UNAVAILABLE',
  SUBREQUEST_HTTP_ERROR: 'SUBGRAPH_UNAVAILABLE',
  SUBREQUEST_MALFORMED_RESPONSE: 'SUBGRAPH_UNAVAILABLE',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
}

/**
 * What a client may see of an error in an answer (屏蔽): sentence, path, code and remedy. Names of subgraphs, stacks and whatever else
 * a planner put there stays inside; an error without a code of ours becomes `INTERNAL` and is logged.
 */
export function leavingError(error: GraphQLFormattedError, log: Log): GraphQLFormattedError {
  const code = error.extensions?.code
  const path = error.path ? { path: error.path } : {}
  if (typeof code === 'string' && wordedCode.test(code) && !translated[code]) {
    const { remedy } = error.extensions ?? {}
    return { message: error.message, ...path, extensions: typeof remedy === 'string' ? { code, remedy } : { code } }
  }
  const meant = translated[String(code)] ?? 'INTERNAL'
  if (meant === 'INTERNAL')
    log.error(
      { path: error.path, error: error instanceof GraphQLError ? (error.originalError ?? error) : error },
      'an answer had an unexpected error',
    )
  return { ...graphError(meant).toJSON(), ...path }
}
