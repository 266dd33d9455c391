import { useCallback, useEffect, useMemo, useRef } from 'react'
import { type CombinedError, useClient, useQuery } from 'urql'
import type { TypedDocumentString } from '../kit/generated/operations.ts'
import { GraphFault, type GraphFaultReason } from '../kit/graph-request.ts'
import { noteAnswered, useConnection } from './connection.ts'
import { asRegistered } from './graph-client.ts'
import { currentSession, noteSessionEnd, useSession } from './session.ts'

/** What the graph said. A part of an answer is an answer: `data` and `fault` may both be there. */
export type Answer<T> = {
  data: T | undefined
  /** No answer is there yet. */
  isLoading: boolean
  /** Asked again while an older answer is shown. */
  isRefreshing: boolean
  /** What is shown answers an earlier question: other filters, another page. */
  isOutdated: boolean
  fault: GraphFaultReason | null
  /** Asks again. */
  again: () => void
}

/** Reads from the graph; asks again after a new sign-in and when the connection is back. */
export function useAnswer<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  { isWanted = true }: { isWanted?: boolean } = {},
): Answer<TResult> {
  const { token, hasEnded } = useSession()
  const { attempt } = useConnection()
  const query = useMemo(() => asRegistered(document), [document])
  const [{ data, error, fetching, stale, operation }, ask] = useQuery({
    query,
    variables: variables as never,
    pause: !isWanted || hasEnded,
  })
  const fault = error ? reasonOf(error) : null
  const again = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask])

  useEffect(() => {
    if (!fetching && (data !== undefined || fault !== null)) noteAnswered(fault !== 'UNREACHABLE')
    if (fault === 'SIGNED_OUT') noteSessionEnd(token)
  }, [fetching, data, fault, token])

  const known = useRef({ token, attempt })
  useEffect(() => {
    if (known.current.token === token && known.current.attempt === attempt) return
    known.current = { token, attempt }
    if (isWanted && !hasEnded) again()
  }, [token, attempt, hasEnded, isWanted, again])

  return {
    data,
    isLoading: data === undefined && fault === null && isWanted,
    isRefreshing: data !== undefined && (fetching || stale),
    isOutdated: data !== undefined && fetching && JSON.stringify(operation?.variables) !== JSON.stringify(variables),
    fault: fault === 'SIGNED_OUT' ? null : fault,
    again,
  }
}

/**
 * Gives what changes something in the graph.
 *
 * @throws GraphFault when there is no answer; refusals are answers
 */
export function useAct<TResult, TVariables>(document: TypedDocumentString<TResult, TVariables>) {
  const client = useClient()
  return useCallback(
    async (variables: TVariables): Promise<TResult> => {
      const { token } = currentSession()
      const { data, error } = await client.mutation(asRegistered(document), variables as never).toPromise()
      if (data) return data
      const reason = error ? reasonOf(error) : 'REFUSED'
      noteAnswered(reason !== 'UNREACHABLE')
      if (reason === 'SIGNED_OUT') noteSessionEnd(token)
      throw new GraphFault(reason, error?.message ?? 'no data')
    },
    [client, document],
  )
}

function reasonOf({ graphQLErrors, networkError, response }: CombinedError): GraphFaultReason {
  const isSignedOut = graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED')
  if (isSignedOut || (response as Response | undefined)?.status === 401) return 'SIGNED_OUT'
  if (networkError || (response as Response | undefined)!.status >= 500) return 'UNREACHABLE'
  return 'REFUSED'
}
