import type { FastifyInstance } from 'fastify'
import { languageOf, openPage } from '../serving/page-answer.ts'
import { isSecure, type PagesContext } from '../serving/pages-context.ts'
import { startWording } from './wording.ts'

/** An address that leads nowhere says so, and where to go instead; to systems in one line. */
export function notFoundPage(server: FastifyInstance, context: PagesContext): void {
  server.setNotFoundHandler((request, reply) => {
    const words = startWording[languageOf(request)].notFound
    if (!request.headers.accept?.includes('text/html')) {
      return reply.code(404).type('text/plain; charset=utf-8').send(`${words.title} ${words.remedy}\n`)
    }
    const frame = openPage(request, reply, context.pages, 'citizen', isSecure(context))
    const ways = [{ address: '/', words: words.home }]
    reply.code(404).header('cache-control', 'no-store')
    const refusal = { title: words.title, message: '', remedy: words.remedy, ways }
    return reply.send(context.pages.rendering.renderRefusalPage({ frame, path: '/', ...refusal }))
  })
}
