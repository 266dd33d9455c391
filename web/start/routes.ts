import type { FastifyInstance } from 'fastify'
import { languageOf, openPage } from '../serving/page-answer.ts'
import { isSecure, type PagesContext } from '../serving/pages-context.ts'
import { startWording } from './wording.ts'

/** The start page and the two screens that draw themselves: window device and wall. */
export function startRoutes(server: FastifyInstance, context: PagesContext): void {
  server.get('/', async (request, reply) => {
    const pages = context.pages
    const frame = openPage(request, reply, pages, 'start', isSecure(context))
    reply.header('cache-control', 'no-cache')
    return reply.send(
      pages.rendering.renderStartPage({ frame, isDemo: context.isDemo, hasOutbox: context.demoOutbox !== null }),
    )
  })

  for (const screen of ['kiosk', 'wall'] as const) {
    server.get(`/${screen}`, async (request, reply) => {
      const words = startWording[languageOf(request)]
      const pages = context.pages
      const frame = openPage(request, reply, pages, screen, isSecure(context))
      const title = screen === 'kiosk' ? words.kioskTitle : words.wallTitle
      reply.header('cache-control', 'no-cache')
      return reply.send(pages.rendering.renderScreenPage({ frame, title, needsScript: words.needsScript }))
    })
  }
}
