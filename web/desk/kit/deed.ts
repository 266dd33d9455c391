import { useCallback, useState } from 'react'
import type { TypedDocumentString } from '../../kit/generated/operations.ts'
import { GraphFault } from '../../kit/graph-request.ts'
import { useAct } from '../graph.ts'

/** Why something was not done, as the graph says it. */
export type Refusal = {
  message: string
  messageEnglish: string
  remedy: string
  problems?: readonly { path: string; message: string; messageEnglish: string }[]
}

export type DeedProblem = Refusal | 'UNREACHABLE' | 'REFUSED'

/** Something that a form does: busy, refused in words, or done. */
export type Deed<TResult, TVariables> = {
  /** Null when it was not done; `problem` says why. */
  run: (variables: TVariables) => Promise<TResult | null>
  isBusy: boolean
  problem: DeedProblem | null
  forget: () => void
}

/** Carries a mutation with one field out. What was typed stays whatever happens. */
export function useDeed<TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
): Deed<TResult, TVariables> {
  const act = useAct(document)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<DeedProblem | null>(null)
  const run = useCallback(
    async (variables: TVariables) => {
      setBusy(true)
      setProblem(null)
      try {
        const answer = await act(variables)
        const [outcome] = Object.values(answer as object) as [Partial<Refusal>]
        if (outcome.remedy === undefined) return answer
        setProblem(outcome as Refusal)
      } catch (fault) {
        // A session that ended is told by the sign-in that opens over the page.
        const reason = fault instanceof GraphFault ? fault.reason : 'REFUSED'
        setProblem(reason === 'SIGNED_OUT' ? null : reason)
      } finally {
        setBusy(false)
      }
      return null
    },
    [act],
  )
  const forget = useCallback(() => setProblem(null), [])
  return { run, isBusy, problem, forget }
}
