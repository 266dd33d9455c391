import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { DemoOutbox } from '../serving/demo-outbox.ts'
import { readPostedForm } from '../serving/form-body.ts'
import { openPage } from '../serving/page-answer.ts'
import { isSecure, type PagesContext } from '../serving/pages-context.ts'

/** Longest reply, characters: one SMS. */
const longestReply = 70

/** The demo's outbox `/outbox`. There is no such page where messages really go out, or without a demo. */
export function outboxRoutes(server: FastifyInstance, context: PagesContext): void {
  const { demoOutbox, isDemo } = context
  if (!isDemo || !demoOutbox) return

  server.get('/outbox', (request, reply) => show(request, reply, context, demoOutbox))

  server.post('/outbox', async (request, reply) => {
    const form = await readPostedForm(request)
    const text = (form.get('text') ?? '').trim().slice(0, longestReply)
    const isTaken = text !== '' && (await demoOutbox.reply(form.get('messageId') ?? '', text).catch(() => false))
    if (isTaken) return reply.header('cache-control', 'no-store').redirect('/outbox', 303)
    reply.code(422)
    return show(request, reply, context, demoOutbox, true)
  })
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  demoOutbox: DemoOutbox,
  isReplyLost = false,
) {
  const frame = openPage(request, reply, context.pages, 'outbox', isSecure(context))
  const messages = await demoOutbox.messages().catch(() => null)
  reply.header('cache-control', 'no-store')
  return reply.send(context.pages.rendering.renderOutboxPage({ frame, messages, isReplyLost }))
}
