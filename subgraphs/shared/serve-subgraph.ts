import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server'
import type { ExecutionArgs } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { errorCatalogue } from './error-catalogue.ts'
import { graphError } from './graph-error.ts'
import { identityHeader } from './identity.ts'
import type { ServableSubgraph } from './local-subgraph.ts'
import { type Log, standardErrorLog } from './log.ts'
import type { SubgraphRequest } from './subgraph.ts'
import type { Viewer } from './viewer.ts'

/** A request from the router carries at most 500 rows or 100 representations a fetch; anything larger is not from the router. */
const maxBodyBytes = 8 * 1024 * 1024
/** The door itself hands over pictures of 10 MB as base64; nobody else's request may be so large. */
const maxSystemBodyBytes = 15 * 1024 * 1024
const maxMessageBytes = 1024 * 1024

/** Requests under way when the subgraph is stopped have this long to end, milliseconds. */
const graceMs = 10_000

export type ServedSubgraph = { url: string; port: number; stop(): Promise<void> }

/**
 * Puts a subgraph behind an address (子图服务): `POST /graphql`, graphql-transport-ws on the same path, `/livez` and `/readyz`.
 * Whoever brings no valid identity for this subgraph gets 401, or 4403 over WebSocket, and nothing else. `port` 0 takes a free one.
 */
export async function serveSubgraph(options: {
  subgraph: ServableSubgraph
  port: number
  host?: string
  readIdentity(token: string | undefined): Promise<Viewer | null>
  isReady?: () => Promise<boolean>
  log?: Log
}): Promise<ServedSubgraph> {
  const {
    subgraph,
    port,
    host = '127.0.0.1',
    readIdentity,
    isReady = async () => true,
    log = standardErrorLog,
  } = options

  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 },
    (request, response) =>
      answer(request, response).catch(error => {
        log.error({ subgraph: subgraph.name, error }, 'a request to the subgraph failed')
        if (!response.headersSent) sendError(response, 'INTERNAL')
      }),
  )

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://subgraph').pathname
    if (path === '/livez') return send(response, 200, 'text/plain', 'ok\n')
    if (path === '/readyz')
      return (await isReady())
        ? send(response, 200, 'text/plain', 'ok\n')
        : send(response, 503, 'text/plain', 'not ready\n')
    if (path !== '/graphql') return send(response, 404, 'text/plain', 'not found\n')
    const viewer = await readIdentity(request.headers[identityHeader] as string | undefined)
    if (!viewer) return sendError(response, 'IDENTITY_REQUIRED')
    const body = await readBody(request, viewer.kind === 'SYSTEM' ? maxSystemBodyBytes : maxBodyBytes)
    if (body === null) return sendError(response, 'BODY_TOO_LARGE')
    sendApollo(
      response,
      await subgraph.answerHttp(
        { method: request.method ?? 'GET', headers: headerMap(request), search: '', body: parsed(body) },
        viewer,
      ),
    )
  }

  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
  })
  const subscriptions = useServer<Record<string, string>, { viewer?: Viewer }>(
    {
      schema: subgraph.schema,
      connectionInitWaitTimeout: 3_000,
      onConnect: async context => {
        const viewer = await readIdentity(context.connectionParams?.[identityHeader])
        if (!viewer) return false
        context.extra.viewer = viewer
        return true
      },
      execute: args => subgraph.execute(requestOf(args)),
      subscribe: args => subgraph.subscribe(requestOf(args)),
      context: context => ({ viewer: context.extra.viewer }),
      // Errors were masked in the subgraph and are plain objects by now.
      onNext: (_context, _id, _payload, _args, result) => result as never,
    },
    sockets,
  )

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(server.off('error', reject) && undefined))
  })
  const served = (server.address() as AddressInfo).port
  let stopped: Promise<void> | null = null

  async function stop(): Promise<void> {
    await subscriptions.dispose()
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    // A kept-alive connection that was answering just now becomes idle later, and would hold the process for a minute.
    const sweep = setInterval(() => server.closeIdleConnections(), 20)
    const giveUp = setTimeout(() => server.closeAllConnections(), graceMs)
    await closed
    clearInterval(sweep)
    clearTimeout(giveUp)
  }

  return {
    url: `http://${host}:${served}/graphql`,
    port: served,
    stop: () => (stopped ??= stop()),
  }
}

function requestOf(args: ExecutionArgs): SubgraphRequest {
  return {
    document: args.document,
    variables: args.variableValues as Record<string, unknown> | undefined,
    operationName: args.operationName ?? undefined,
    viewer: (args.contextValue as { viewer: Viewer }).viewer,
  }
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(text)
}

function sendError(response: ServerResponse, code: 'IDENTITY_REQUIRED' | 'BODY_TOO_LARGE' | 'INTERNAL'): void {
  send(response, errorCatalogue[code].httpStatus, 'application/json', JSON.stringify({ errors: [graphError(code)] }))
}

function sendApollo(response: ServerResponse, answer: HTTPGraphQLResponse): void {
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  response.statusCode = answer.status ?? 200
  response.end(answer.body.kind === 'complete' ? answer.body.string : '')
}

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers.set(name, String(value))
  return headers
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

async function readBody(request: IncomingMessage, mostBytes: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) break
    chunks.push(chunk)
  }
  // Whoever sends too much reads his answer only when he has sent it: what is left is read away, not cut off.
  request.resume()
  if (bytes > mostBytes) return null
  return Buffer.concat(chunks).toString('utf8')
}
