import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PageFrame } from '../serving/page.tsx'
import { openPage } from '../serving/page-answer.ts'
import { isSecure, type PagesContext } from '../serving/pages-context.ts'

/** Opens a page that the shell of a terminal may frame: only our own and the allowed origins; it leaves no cookie and is not kept. */
export function openFramedPage(request: FastifyRequest, reply: FastifyReply, context: PagesContext): PageFrame {
  const frame = openPage(request, reply, context.pages, 'terminal', isSecure(context))
  const ancestors = ["'self'", ...context.allowedOrigins].join(' ')
  const policy = String(reply.getHeader('content-security-policy'))
  reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", `frame-ancestors ${ancestors}`))
  reply.removeHeader('x-frame-options')
  reply.removeHeader('set-cookie')
  reply.header('cache-control', 'no-store')
  return frame
}
