import type { FastifyInstance } from 'fastify'
import { languageOf, openPage } from '../serving/page-answer.ts'
import { isSecure, type PagesContext } from '../serving/pages-context.ts'

const words = {
  zh: { title: '“好差评”工作台', needsScript: '工作台需要开启 JavaScript。' },
  en: { title: 'Rating desk', needsScript: 'The desk needs JavaScript.' },
}

/** The staff desk (工作台): every address below `/desk` opens the same document, which then draws the page that the address names. */
export function deskRoutes(server: FastifyInstance, context: PagesContext): void {
  for (const address of ['/desk', '/desk/*']) {
    server.get(address, async (request, reply) => {
      const { title, needsScript } = words[languageOf(request)]
      const frame = openPage(request, reply, context.pages, 'desk', isSecure(context))
      reply.header('cache-control', 'no-cache')
      return reply.send(context.pages.rendering.renderScreenPage({ frame, title, needsScript }))
    })
  }
}
