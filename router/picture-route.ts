import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parse } from 'graphql'
import type { Subgraph } from '../subgraphs/shared/subgraph.ts'
import { systemViewer } from '../subgraphs/shared/viewer.ts'
import { refuse, sendProblem } from './rest/problem.ts'

const document = parse(`query PictureBytes($id: ID!, $until: String!, $signature: String!, $size: String) {
  pictureBytes(id: $id, until: $until, signature: $signature, size: $size)
}`)

type PictureRequest = FastifyRequest<{ Params: { id: string }; Querystring: Record<string, unknown> }>

/** Shows pictures of ratings at their signed addresses (评价图片), and nothing but the picture: nobody may sniff, frame or keep it for others. */
export function pictureRoute({ evaluations }: { evaluations: Subgraph }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get('/pictures/:id', { exposeHeadRoute: false }, async (request: PictureRequest, reply: FastifyReply) => {
      const { until, sig: signature, size, ...others } = request.query
      const parts = { until, signature, size: size ?? null }
      const isAddress =
        [until, signature].every(part => typeof part === 'string') &&
        (size === undefined || typeof size === 'string') &&
        Object.keys(others).length === 0
      if (!isAddress) return sendProblem(reply, refuse('PICTURE_NOT_AVAILABLE').problem)
      const { data, errors } = await evaluations
        .execute({ document, variables: { id: request.params.id, ...parts }, viewer: systemViewer('door') })
        .catch(() => ({ data: null, errors: [] }))
      if (errors || !data) return sendProblem(reply, refuse('SUBGRAPH_UNAVAILABLE').problem)
      if (data.pictureBytes == null) return sendProblem(reply, refuse('PICTURE_NOT_AVAILABLE').problem)
      return reply
        .headers({
          'cache-control': 'private, max-age=600',
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'same-origin',
          'referrer-policy': 'no-referrer',
        })
        .type('image/jpeg')
        .send(Buffer.from(String(data.pictureBytes), 'base64'))
    })
  }
}
