import { createClient as createSseClient } from 'graphql-sse'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

export type FeedClient<Event> = {
  /** Every event heard so far, heartbeats left out. */
  events: Event[]
  /** Errors and closings met, in words. */
  faults: string[]
  stop(): Promise<void>
}

type Position = { epoch: string; position: string; previousPosition: string; kind?: string }

export type Subscription = { query: string; field: string; credential: string; after?: string }

/**
 * Follows a feed over graphql-transport-ws as a wall does: with the stock graphql-ws client, for ever, resuming behind the last position it has seen.
 * Resolves once the subscription stands.
 */
export async function followOverWebSocket<Event extends Position>(
  hub: { url: string },
  { query, field, credential, after }: Subscription,
): Promise<FeedClient<Event>> {
  const events: Event[] = []
  const faults: string[] = []
  let last = after
  let stopped = false
  let unsubscribe = () => {}
  const client = createClient({
    url: `${hub.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: credential },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: () => new Promise(resolve => setTimeout(resolve, 100)),
    keepAlive: 5_000,
    lazy: true,
  })
  const connected = new Promise<void>(resolve => client.on('connected', () => resolve()))
  const follow = () => {
    unsubscribe = client.subscribe<Record<string, Event>>(
      // The client sends its variables anew on each reconnect, so they are read through a getter.
      {
        query,
        get variables() {
          return { after: last }
        },
      } as { query: string },
      {
        next: ({ data, errors }) => {
          if (errors) return void faults.push(JSON.stringify(errors))
          const event = data![field]!
          last = `${event.epoch}:${event.position}`
          if (event.kind !== 'HEARTBEAT') events.push(event)
        },
        error: error => {
          faults.push(JSON.stringify(error))
          if (!stopped) setTimeout(follow, 100)
        },
        complete: () => {
          if (!stopped) setTimeout(follow, 100)
        },
      },
    )
  }
  follow()
  await connected
  return {
    events,
    faults,
    async stop() {
      stopped = true
      unsubscribe()
      await client.dispose()
    },
  }
}

/** Follows a feed over server-sent events with the stock graphql-sse client. */
export function followOverSse<Event extends Position>(
  hub: { url: string },
  { query, field, credential, after }: Subscription,
): FeedClient<Event> {
  const events: Event[] = []
  const faults: string[] = []
  const client = createSseClient({ url: `${hub.url}/graphql`, headers: { authorization: `Bearer ${credential}` } })
  const unsubscribe = client.subscribe<Record<string, Event>>(
    { query, variables: { after } },
    {
      next: ({ data, errors }) => {
        if (errors) return void faults.push(JSON.stringify(errors))
        if (data![field]!.kind !== 'HEARTBEAT') events.push(data![field]!)
      },
      error: error => faults.push(JSON.stringify(error)),
      complete: () => {},
    },
  )
  return {
    events,
    faults,
    async stop() {
      unsubscribe()
      client.dispose()
    },
  }
}
