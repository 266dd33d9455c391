import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { languageOf } from '../serving/page-answer.ts'
import type { PagesContext } from '../serving/pages-context.ts'
import { readPostedRating } from './posted-rating.ts'

type CodeRequest = FastifyRequest<{ Params: { token: string } }>

/** Takes pictures one by one (上传图片), while the form is still being filled in: for the page's script. */
export function pictureRoutes(server: FastifyInstance, context: PagesContext): void {
  server.post('/r/:token/pictures', (request: CodeRequest, reply) =>
    keep(request, reply, context, () => request.params.token),
  )
  server.post('/receipt/pictures', (request, reply) =>
    keep(request, reply, context, fields => fields.get('receiptNumber') ?? ''),
  )
}

async function keep(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  keeperOf: (fields: URLSearchParams) => string,
) {
  const { draft, refusedPictures } = await readPostedRating(request, context, keeperOf)
  reply.header('cache-control', 'no-store')
  const [refused] = refusedPictures
  const [id] = draft.pictures
  if (refused || !id) return reply.code(422).send({ message: refused?.[languageOf(request)] ?? '' })
  return reply.send({ id })
}
