import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ExecutionResult, GraphQLError } from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import type { Viewer } from '../subgraphs/shared/viewer.ts'
import type { Authentication } from './authentication.ts'
import { couldBeForged } from './csrf.ts'
import { renderGraphiql } from './graphiql.ts'
import { type GraphqlRequest, readGraphqlRequest, readUrlRequest } from './graphql-request.ts'
import { statusOf } from './graphql-response.ts'
import { limits } from './limits/limits.ts'
import { type AnswerType, acceptedType, isJson } from './media-type.ts'
import type { OperationRunner, ReadyOperation } from './operation-runner.ts'
import type { documentChooser } from './registered-documents.ts'

export type GraphqlHttpOptions = {
  runner: OperationRunner
  authentication: Authentication
  chooseDocument: ReturnType<typeof documentChooser>
  publicSchemaText: string
  isDevelopment: boolean
  /** Other sites whose pages may ask; the hub's own pages need no entry. */
  allowedOrigins: string[]
  /** Answers a request that accepts `text/event-stream`. */
  stream(request: FastifyRequest, reply: FastifyReply, ready: ReadyOperation, viewer: Viewer): void
  log: Log
}

/** The graph over HTTP (数据图入口): `/graphql` by POST and GET as GraphQL over HTTP has it, GraphiQL in development, and the SDL at `/schema.graphql`. */
export function graphqlHttp(options: GraphqlHttpOptions) {
  const { runner, authentication, chooseDocument, isDevelopment, log } = options
  const origins = new Set(options.allowedOrigins)

  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: limits.bodyBytes }, (_request, body, done) =>
      done(null, body),
    )
    app.setErrorHandler((error: { code?: string }, _request, reply) => {
      if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return send(reply, { errors: [graphError('BODY_TOO_LARGE')] })
      log.error({ error }, 'a request to the graph failed')
      return send(reply, { errors: [graphError('INTERNAL')] })
    })
    app.addHook('onRequest', async (request, reply) => {
      const { origin } = request.headers
      if (!origin || !origins.has(origin)) return
      reply.headers({
        'access-control-allow-origin': origin,
        'access-control-allow-headers': 'authorization, content-type, x-hub-client',
        'access-control-allow-methods': 'GET, POST',
        'access-control-max-age': '600',
        vary: 'Origin',
      })
    })
    app.get('/schema.graphql', (_request, reply) =>
      reply.type('text/plain; charset=utf-8').send(options.publicSchemaText),
    )
    app.route({ method: ['GET', 'POST'], url: '/graphql', handler: answer })
    app.options('/graphql', (_request, reply) => reply.code(204).send())
    app.route({
      method: ['PUT', 'PATCH', 'DELETE'],
      url: '/graphql',
      handler: (_request, reply) => reply.code(405).header('allow', 'GET, POST').send(),
    })
  }

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const isGet = request.method === 'GET'
    const accepted = acceptedType(request.headers.accept)
    if (isGet && accepted === 'text/html' && isDevelopment && !request.url.includes('query='))
      return sendGraphiql(reply)
    const type = accepted === 'text/html' ? 'application/json' : accepted
    if (!type) return reply.code(406).send()
    if (couldBeForged(request.headers)) return send(reply, { errors: [graphError('CSRF_REFUSED')] })
    if (!isGet && !isJson(request.headers['content-type'])) return reply.code(415).send()
    const parameters = isGet ? fromUrl(request) : fromBody(request.body)
    if (parameters instanceof GraphQLError) return send(reply, { errors: [parameters] })
    const viewer = await authentication.authenticate(request.headers.authorization)
    if (viewer instanceof GraphQLError) return send(reply, { errors: [viewer] }, type)
    const ready = prepare(parameters, viewer)
    if (Array.isArray(ready)) return send(reply, { errors: ready }, type)
    const kind = ready.operation.node.operation
    if (isGet && kind === 'mutation') return reply.code(405).header('allow', 'POST').send()
    if (type === 'text/event-stream') return options.stream(request, reply, ready, viewer)
    if (kind === 'subscription') return send(reply, { errors: [graphError('SUBSCRIPTION_NEEDS_STREAM')] }, type)
    return send(reply, await runner.run(ready, viewer), type)
  }

  function prepare(parameters: GraphqlRequest, viewer: Viewer): ReadyOperation | GraphQLError[] {
    const text = chooseDocument(parameters, viewer)
    if (text instanceof GraphQLError) return [text]
    return runner.ready({ ...parameters, text, viewer })
  }
}

function fromUrl(request: FastifyRequest): GraphqlRequest | GraphQLError {
  const query = request.url.indexOf('?')
  return readUrlRequest(new URLSearchParams(query < 0 ? '' : request.url.slice(query + 1)))
}

function fromBody(body: unknown): GraphqlRequest | GraphQLError {
  try {
    return readGraphqlRequest(JSON.parse(String(body ?? '')))
  } catch {
    return graphError('BAD_REQUEST', { fact: 'JSON' })
  }
}

function send(reply: FastifyReply, result: ExecutionResult, type: AnswerType = 'application/json'): FastifyReply {
  const written = type === 'text/event-stream' ? 'application/json' : type
  return reply.code(statusOf(result, written)).type(`${written}; charset=utf-8`).send(JSON.stringify(result))
}

async function sendGraphiql(reply: FastifyReply): Promise<FastifyReply> {
  // The page carries its own scripts inline; it is served in development only.
  return reply
    .header(
      'content-security-policy',
      "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' ws: wss:",
    )
    .type('text/html; charset=utf-8')
    .send(await renderGraphiql())
}
