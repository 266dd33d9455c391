import type { IncomingMessage, RequestListener } from 'node:http'

/** `POST /publish` with a JSON body makes one event happen at a peer. */
export function publisher(publish: (event: Record<string, unknown>) => void): RequestListener {
  return async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    publish(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    response.end('{}')
  }
}
