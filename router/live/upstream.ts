import type { ExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Subgraph, SubgraphRequest } from '../../subgraphs/shared/subgraph.ts'
import { FeedFailure } from './feed-reader.ts'
import { jitteredWait, type Wait } from './jittered-wait.ts'

export type Upstream = {
  /** Resolves when the subgraph has first been asked; rejects with its refusal. */
  started: Promise<void>
  stop(): void
}

/**
 * Holds one subscription at the owning subgraph for a whole group (上游订阅), for ever: when it is lost it is asked for again after a
 * jittered wait. Each item only wakes the group; `position` is null where the item does not tell one, as after a reconnect.
 */
export function followUpstream(options: {
  subgraph: Subgraph
  request: SubgraphRequest
  wake(position: number | null): void
  refused(errors: readonly GraphQLFormattedError[]): void
  wait?: Wait
}): Upstream {
  const { subgraph, request, wake, refused, wait = jitteredWait() } = options
  let isStopped = false
  let stream: AsyncIterableIterator<ExecutionResult> | null = null
  let waiting = { done: Promise.resolve(), cancel() {} }
  const started = Promise.withResolvers<void>()
  started.promise.catch(() => {})

  async function follow(): Promise<void> {
    for (let attempt = 0; !isStopped; attempt += 1) {
      if (attempt > 0) {
        waiting = wait(attempt)
        await waiting.done
      }
      if (isStopped) return
      const failure = await subscribeOnce(() => {
        attempt = 0
      }).catch(error => (error instanceof FeedFailure ? error : null))
      if (failure?.isRefusal) {
        started.reject(failure)
        refused(failure.errors)
        return
      }
      started.resolve()
    }
  }

  async function subscribeOnce(answered: () => void): Promise<void> {
    const answer = await subgraph.subscribe(request)
    if (!(Symbol.asyncIterator in answer)) throw new FeedFailure(answer.errors ?? [])
    stream = answer
    if (isStopped) return void answer.return?.()
    started.resolve()
    wake(null)
    for await (const item of answer) {
      if (isStopped) return
      if (item.errors?.length && !item.data) throw new FeedFailure(item.errors)
      answered()
      wake(positionOf(item))
    }
  }

  void follow()
  return {
    started: started.promise,
    stop() {
      isStopped = true
      waiting.cancel()
      started.resolve()
      void stream?.return?.()
    },
  }
}

function positionOf({ data }: ExecutionResult): number | null {
  const [event] = Object.values(data ?? {}) as ({ position?: string } | null)[]
  return event?.position === undefined ? null : Number(event.position)
}
