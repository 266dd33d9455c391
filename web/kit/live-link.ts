import { type Client, createClient } from 'graphql-ws'
import type { TypedDocumentString } from './generated/operations.ts'

/** How the live connection is: open, or at its N-th attempt to open again. */
export type LinkState = { isOpen: true } | { isOpen: false; attempt: number }

/** Silence after which the connection asks whether anyone is there, and how long it waits for the answer, milliseconds. */
const ordinaryKeepAlive = { silence: 10_000, patience: 5_000 }

/** How long a connection without subscriptions stays open, milliseconds. */
const lingerMilliseconds = 15_000

/** Longest pause between two attempts, milliseconds: a wall is back soon after its server. */
const longestPauseMilliseconds = 10_000

/** Close code with which a server refuses a token. Trying harder does not help; whoever follows asks who he is. */
const forbidden = 4403

export type LiveLink = {
  /**
   * Follows a subscription until `stop()` is called; the connection comes back by itself, without end.
   *
   * @param variables asked for at every new beginning, so that it goes on from the last position seen
   * @param end called when the server ended it or the connection cannot be had; following again is up to the caller
   */
  follow<TResult, TVariables>(
    document: TypedDocumentString<TResult, TVariables>,
    variables: () => TVariables,
    on: { event: (data: TResult) => void; end: () => void },
  ): { stop(): void }
  /** Something else got no answer: the connection is given up at once and sought anew, not only after its own silence. */
  doubt(): void
  stop(): void
}

/** Opens the live connection (graphql-transport-ws) of a screen that runs for weeks. */
export function openLiveLink(options: {
  address: string
  token: string
  onState: (state: LinkState) => void
  keepAlive?: { silence: number; patience: number }
}): LiveLink {
  const { address, token, onState, keepAlive = ordinaryKeepAlive } = options
  let attempt = 0
  let pongTimer: ReturnType<typeof setTimeout> | undefined
  const client: Client = createClient({
    url: address,
    connectionParams: { authorization: `Bearer ${token}` },
    keepAlive: keepAlive.silence,
    // A round that ends only to begin anew keeps its connection.
    lazyCloseTimeout: lingerMilliseconds,
    connectionAckWaitTimeout: longestPauseMilliseconds,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: fault => (fault as CloseEvent).code !== forbidden,
    retryWait: retries => pause(retries),
    on: {
      connecting: isRetry => {
        if (isRetry) attempt += 1
        onState({ isOpen: false, attempt })
      },
      connected: () => {
        attempt = 0
        onState({ isOpen: true })
      },
      closed: () => {
        clearTimeout(pongTimer)
        onState({ isOpen: false, attempt })
      },
      ping: isReceived => {
        if (isReceived) return
        // A half-open connection never closes by itself: no answer means that it is gone.
        pongTimer = setTimeout(() => client.terminate(), keepAlive.patience)
      },
      pong: isReceived => {
        if (isReceived) clearTimeout(pongTimer)
      },
    },
  })

  return {
    follow(document, variables, on) {
      let isStopped = false
      const end = () => {
        if (!isStopped) on.end()
        isStopped = true
      }
      const payload = {
        query: document.toString(),
        // Read anew whenever the client subscribes again after a break.
        get variables() {
          return variables() as Record<string, unknown>
        },
      }
      const unsubscribe = client.subscribe<never>(payload, {
        next: result => {
          if (isStopped) return
          if (result.data && !result.errors) return on.event(result.data)
          end()
          unsubscribe()
        },
        error: end,
        complete: end,
      })
      return {
        stop() {
          isStopped = true
          unsubscribe()
        },
      }
    },
    doubt: () => client.terminate(),
    stop() {
      clearTimeout(pongTimer)
      void client.dispose()
    },
  }
}

/** Address of the graph's live connection on the host that served the page. */
export function liveAddress(page: Location): string {
  return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/graphql`
}

/** Waits longer with every attempt, and never as long as the neighbour: thousands of screens must not come back in one moment. */
export function pause(attempt: number, random: () => number = Math.random): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, pauseMilliseconds(attempt, random)))
}

export function pauseMilliseconds(attempt: number, random: () => number): number {
  const longest = Math.min(longestPauseMilliseconds, 500 * 2 ** Math.min(attempt, 10))
  return longest / 2 + (random() * longest) / 2
}
