import type { FastifyError, FastifyInstance } from 'fastify'
import { errorCatalogue } from '../subgraphs/shared/error-catalogue.ts'
import { buildPages } from './build.ts'
import { ratingRoutes } from './citizen/rating-routes.ts'
import { receiptRoutes } from './citizen/receipt-routes.ts'
import { serveAssets } from './serving/assets.ts'
import { readsForms } from './serving/form-body.ts'
import type {
  ExecuteInGraph,
  HolderOfReceipt,
  HolderOfSession,
  KeepPicture,
  PagesContext,
} from './serving/pages-context.ts'
import { startRoutes } from './start/routes.ts'

export type WebPagesOptions = {
  /** The whole graph inside this process. */
  execute: ExecuteInGraph
  holderOf: HolderOfReceipt
  sessionOf: HolderOfSession
  keepPicture: KeepPicture
  configuration: { publicUrl: string; isDemo: boolean }
  /** Told what the build does, one line each. */
  log?: (line: string) => void
}

/**
 * The web pages as a fastify plugin: start page `/`, rating page `/r/<code>`, receipt `/receipt`, window device `/kiosk`, wall `/wall`.
 * Builds them first when their sources have changed.
 */
export function webPages({
  execute,
  holderOf,
  sessionOf,
  keepPicture,
  configuration,
  log = () => {},
}: WebPagesOptions) {
  return async (server: FastifyInstance): Promise<void> => {
    const pages = await buildPages({ log })
    const { publicUrl, isDemo } = configuration
    const context: PagesContext = { execute, holderOf, sessionOf, keepPicture, pages, publicUrl, isDemo }
    readsForms(server)
    refuseForeignPosts(server)
    hideFaults(server)
    await serveAssets(server, pages)
    startRoutes(server, context)
    ratingRoutes(server, context)
    receiptRoutes(server, context)
  }
}

/** A fault of ours is logged, never shown; one of the request keeps its status. */
function hideFaults(server: FastifyInstance): void {
  server.setErrorHandler<FastifyError>((fault, request, reply) => {
    const isTheirs = fault.statusCode !== undefined && fault.statusCode < 500
    if (!isTheirs) request.log.error(fault)
    const { message, messageEnglish } = errorCatalogue[isTheirs ? 'INVALID_INPUT' : 'INTERNAL']
    return reply
      .code(isTheirs ? fault.statusCode! : 500)
      .type('text/plain; charset=utf-8')
      .send(`${message} ${messageEnglish}\n`)
  })
}

/** A page of another site may link here, but not post forms in a visitor's name. */
function refuseForeignPosts(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'POST' || request.headers['sec-fetch-site'] !== 'cross-site') return
    return reply
      .code(403)
      .type('text/plain; charset=utf-8')
      .send('请从本站页面提交。Submit from a page of this site.\n')
  })
}
