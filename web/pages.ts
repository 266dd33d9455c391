import type { FastifyError, FastifyInstance } from 'fastify'
import { errorCatalogue } from '../subgraphs/shared/error-catalogue.ts'
import { buildPages } from './build.ts'
import { followUpRoutes } from './citizen/follow-up-routes.ts'
import { pictureRoutes } from './citizen/picture-routes.ts'
import { pressureRoutes } from './citizen/pressure-routes.ts'
import { ratingRoutes } from './citizen/rating-routes.ts'
import { receiptRoutes } from './citizen/receipt-routes.ts'
import { smsProofRoutes } from './citizen/sms-proof-routes.ts'
import { staticCodeRoutes } from './citizen/static-code-routes.ts'
import { deskRoutes } from './desk/routes.ts'
import { appendRoutes } from './me/append-routes.ts'
import { demoSignInRoutes } from './me/demo-sign-in-routes.ts'
import { listRoutes } from './me/list-routes.ts'
import { signInRoutes } from './me/sign-in-routes.ts'
import { outboxRoutes } from './outbox/routes.ts'
import { serveAssets } from './serving/assets.ts'
import type { CitizenSignIn } from './serving/citizen-sign-in.ts'
import type { DemoOutbox } from './serving/demo-outbox.ts'
import { readsForms } from './serving/form-body.ts'
import type {
  ExecuteInGraph,
  HolderOfReceipt,
  HolderOfSession,
  KeepPicture,
  PagesContext,
} from './serving/pages-context.ts'
import { notFoundPage } from './start/not-found.ts'
import { startRoutes } from './start/routes.ts'
import { terminalRoutes } from './terminal/routes.ts'

export type WebPagesOptions = {
  /** The whole graph inside this process. */
  execute: ExecuteInGraph
  holderOf: HolderOfReceipt
  sessionOf: HolderOfSession
  keepPicture: KeepPicture
  /** Without it nobody can sign in, and 我的评价 says so. */
  signIn?: CitizenSignIn | null
  /** Where messages stay that would go to phones; null where they really go out. */
  demoOutbox?: DemoOutbox | null
  configuration: { publicUrl: string; isDemo: boolean; allowedOrigins?: readonly string[] }
  /** Told what the build does, one line each. */
  log?: (line: string) => void
}

/**
 * The web pages as a fastify plugin: start page `/`, rating page `/r/<code>`, receipt `/receipt`, window device `/kiosk`, wall `/wall`,
 * desk `/desk`.
 * Builds them first when their sources have changed.
 */
export function webPages({
  execute,
  holderOf,
  sessionOf,
  keepPicture,
  signIn = null,
  demoOutbox = null,
  configuration,
  log = () => {},
}: WebPagesOptions) {
  return async (server: FastifyInstance): Promise<void> => {
    const pages = await buildPages({ log })
    const { publicUrl, isDemo, allowedOrigins = [] } = configuration
    const context: PagesContext = {
      execute,
      holderOf,
      sessionOf,
      keepPicture,
      signIn,
      demoOutbox,
      pages,
      publicUrl,
      isDemo,
      allowedOrigins,
    }
    readsForms(server)
    refuseForeignPosts(server)
    hideFaults(server)
    await serveAssets(server, pages)
    startRoutes(server, context)
    deskRoutes(server, context)
    outboxRoutes(server, context)
    signInRoutes(server, context)
    demoSignInRoutes(server, context)
    listRoutes(server, context)
    appendRoutes(server, context)
    ratingRoutes(server, context)
    staticCodeRoutes(server, context)
    pictureRoutes(server, context)
    smsProofRoutes(server, context)
    receiptRoutes(server, context)
    followUpRoutes(server, context)
    pressureRoutes(server, context)
    terminalRoutes(server, context)
    notFoundPage(server, context)
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
