import WebSocket from 'ws'

/** What a subscription said first: an event, or the codes of its refusal. */
export type FirstWord = { data?: Record<string, unknown> | null; codes: string[] }

type Asked = { query: string; variables: Record<string, unknown>; credential: string | null }
type Payload = { data?: Record<string, unknown> | null; errors?: { extensions?: { code?: string } }[] }

const said = ({ data, errors }: Payload): FirstWord => ({
  ...(data && { data }),
  codes: (errors ?? []).map(({ extensions }) => extensions?.code ?? 'no code'),
})

/** Asks over server-sent events and leaves after the first word. */
export async function firstOverSse(hub: { url: string }, { query, variables, credential }: Asked): Promise<FirstWord> {
  const leaving = new AbortController()
  try {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      signal: leaving.signal,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(credential && { authorization: `Bearer ${credential}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
      return said((await response.json()) as Payload)
    }
    let heard = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      heard += chunk
      const next = /^event: next\ndata: (.*)$/m.exec(heard)
      if (next && heard.indexOf('\n\n', next.index) > 0) return said(JSON.parse(next[1]!))
    }
    throw new Error(`the stream ended without a word: ${heard}`)
  } finally {
    leaving.abort()
  }
}

/** Asks over graphql-transport-ws and leaves after the first word. */
export function firstOverWebSocket(hub: { url: string }, { query, variables, credential }: Asked): Promise<FirstWord> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    const send = (message: object) => socket.send(JSON.stringify(message))
    const end = (word: FirstWord) => {
      resolve(word)
      socket.terminate()
    }
    socket.on('error', reject)
    socket.on('close', (code, reason) => end({ codes: [`closed ${code} ${reason}`] }))
    socket.on('open', () =>
      send({ type: 'connection_init', payload: credential ? { authorization: credential } : undefined }),
    )
    socket.on('message', bytes => {
      const message = JSON.parse(String(bytes)) as { type: string; payload?: unknown }
      if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query, variables } })
      if (message.type === 'next') end(said(message.payload as Payload))
      if (message.type === 'error') end(said({ errors: message.payload as Payload['errors'] }))
      if (message.type === 'complete') end({ codes: ['completed'] })
    })
  })
}
