import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Faces, openFaces } from '../../subgraphs/evaluations/printing/faces.ts'
import type { Log } from '../../subgraphs/shared/log.ts'
import type { Subgraph, SubgraphName } from '../../subgraphs/shared/subgraph.ts'
import type { Door } from '../door.ts'
import type { Authenticate } from './caller.ts'
import { caseReceiptRoutes } from './case-receipt-routes.ts'
import contract from './openapi.json' with { type: 'json' }
import { pictureRoutes, type UploadLimit } from './picture-routes.ts'
import { RestRefusal, refuse, sendProblem } from './problem.ts'
import { ratingCodeRoutes } from './rating-code-routes.ts'
import { staticCodeRoutes } from './static-code-routes.ts'
import { type BulkOptions, bulkRoutes } from './uploads/bulk-routes.ts'
import { caseUploads, evaluationUploads } from './uploads/upload-kind.ts'
import { uploadRoutes } from './uploads/upload-routes.ts'

export type RestOptions = Pick<BulkOptions, 'waits' | 'idleMs'> & {
  subgraphs: Pick<Record<SubgraphName, Subgraph>, 'cases' | 'evaluations'>
  /** The graph of this process, as a viewer. */
  execute: Door['execute']
  authenticate: Authenticate
  pictureLimit?: UploadLimit
  log: Log
}

/** The REST door `/v1` (REST 接口) as a fastify plugin, for systems that do not speak GraphQL: its contract is `/openapi.json`. */
export function restRoutes({ subgraphs, execute, authenticate, pictureLimit, log, waits, idleMs }: RestOptions) {
  const { evaluations } = subgraphs
  return async (app: FastifyInstance): Promise<void> => {
    // No body is parsed here: files are read as they come, and nothing else has one.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _body, done) => done(null))
    app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
      sendProblem(reply, problemOfFailure(error, request, log)),
    )
    app.all('/v1', notThere)
    app.all('/v1/*', notThere)
    app.get('/openapi.json', { exposeHeadRoute: false }, (_request, reply) => reply.send(contract))
    for (const kind of [caseUploads, evaluationUploads]) {
      const subgraph = subgraphs[kind.subgraph]
      bulkRoutes(app, { kind, subgraph, authenticate, log, waits, idleMs })
      uploadRoutes(app, { kind, subgraph, authenticate })
    }
    ratingCodeRoutes(app, { execute, authenticate })
    const faces = facesOnDemand()
    caseReceiptRoutes(app, { execute, authenticate, faces })
    staticCodeRoutes(app, { execute, authenticate, faces })
    pictureRoutes(app, { evaluations, limit: pictureLimit })
  }
}

/** 25 MB that a process which prints nothing need not hold. */
function facesOnDemand(): () => Faces {
  let opened: Faces | null = null
  return () => {
    opened ??= openFaces()
    return opened
  }
}

async function notThere(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [path = ''] = request.url.split('?')
  return sendProblem(reply, refuse('PATH_UNKNOWN', { path: `${request.method} ${path}` }).problem)
}

function problemOfFailure(error: Error & { statusCode?: number }, request: FastifyRequest, log: Log) {
  if (error instanceof RestRefusal) return error.problem
  if (error.statusCode === 415) {
    return refuse('UPLOAD_FORMAT_UNKNOWN', { contentType: String(request.headers['content-type']).slice(0, 100) })
      .problem
  }
  log.error({ error, route: request.routeOptions.url }, 'a REST request failed')
  return refuse('INTERNAL').problem
}
