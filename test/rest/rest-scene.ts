import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { createAuthentication } from '../../router/authentication.ts'
import { type RestOptions, restRoutes } from '../../router/rest/rest-routes.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'

export type RestScene = {
  url: string
  logged: string[]
  /** Uploads a file; `body` may be a stream. */
  upload(
    body: string | Uint8Array | AsyncIterable<Uint8Array>,
    options: { key: string; path?: string; type?: string; accept?: string; query?: string; signal?: AbortSignal },
  ): Promise<Response>
  get(path: string, key?: string): Promise<Response>
  stop(): Promise<void>
}

/** The REST door on a listening socket in front of this cases subgraph, with the hub's own authentication. */
export async function openRestScene(
  options: { cases: Subgraph; evaluations?: Subgraph } & Partial<
    Pick<RestOptions, 'execute' | 'authenticate' | 'waits' | 'idleMs' | 'pictureLimit'>
  >,
): Promise<RestScene> {
  const logged: string[] = []
  const note = (fields: object, text: string) => {
    logged.push(`${text} ${JSON.stringify(fields, (_key, value) => (value instanceof Error ? value.stack : value))}`)
  }
  const log = { info: note, warn: note, error: note }
  const {
    cases,
    evaluations = cases,
    execute = async () => Promise.reject(new Error('no graph here')),
    ...others
  } = options
  const { authenticate } = createAuthentication({ cases, log })
  const server = fastify({ logger: false, forceCloseConnections: true })
  await server.register(restRoutes({ subgraphs: { cases, evaluations }, execute, authenticate, log, ...others }))
  await server.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  return {
    url,
    logged,
    upload: (body, { key, path = '/v1/cases', type = 'text/csv', accept = 'application/json', query = '', signal }) =>
      fetch(`${url}${path}/bulk${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': type, accept },
        body: body as BodyInit,
        duplex: 'half',
        signal,
      } as RequestInit),
    get: (path, key) => fetch(url + path, { headers: key ? { authorization: `Bearer ${key}` } : {} }),
    stop: () => server.close(),
  }
}

/** The objects of an NDJSON answer. */
export const linesOf = async (response: Response): Promise<Record<string, unknown>[]> =>
  (await response.text())
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
