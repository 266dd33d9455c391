import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../../subgraphs/shared/log.ts'
import type { Subgraph, SubgraphName } from '../../subgraphs/shared/subgraph.ts'
import type { Door } from '../door.ts'
import type { Authenticate } from './caller.ts'
import { RestRefusal, refuse, sendProblem } from './problem.ts'
import { ratingCodeRoutes } from './rating-code-routes.ts'

export type RestOptions = {
  subgraphs: Pick<Record<SubgraphName, Subgraph>, 'cases'>
  /** The graph of this process, as a viewer. */
  execute: Door['execute']
  authenticate: Authenticate
  log: Log
}

/** The REST door `/v1` (REST 接口) as a fastify plugin, for systems that do not speak GraphQL: its contract is `/openapi.json`. */
export function restRoutes({ execute, authenticate, log }: RestOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
      sendProblem(reply, problemOfFailure(error, request, log)),
    )
    app.all('/v1', notThere)
    app.all('/v1/*', notThere)
    ratingCodeRoutes(app, { execute, authenticate })
  }
}

async function notThere(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [path = ''] = request.url.split('?')
  return sendProblem(reply, refuse('PATH_UNKNOWN', { path: `${request.method} ${path}` }).problem)
}

function problemOfFailure(error: Error & { statusCode?: number }, request: FastifyRequest, log: Log) {
  if (error instanceof RestRefusal) return error.problem
  log.error({ error, route: request.routeOptions.url }, 'a REST request failed')
  return refuse('INTERNAL').problem
}
