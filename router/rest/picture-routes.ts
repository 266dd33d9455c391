import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, refusal } from '../../subgraphs/shared/error-catalogue.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { keepPicture } from '../keep-picture.ts'
import { createAddressThrottle } from './address-throttle.ts'
import { problemOf, RestRefusal, refuse } from './problem.ts'
import { bodyBytes } from './uploads/body-bytes.ts'

/** Largest picture that is read, bytes: 10 MB, and one more, by which its keeper knows that it was larger. */
const mostBytes = 10 * 2 ** 20 + 1
/** A sender of one picture that is silent for so long is gone, milliseconds. */
const idleMs = 15_000
/** Each upload under way holds its picture twice; more are told to come back. */
const mostAtOnce = 16

/** How many pictures one network may send: a hall's guests share one. */
export type UploadLimit = { most: number; windowMs: number }

const usualLimit: UploadLimit = { most: 300, windowMs: 10 * 60_000 }

/** Takes pictures for ratings (上传图片), one a request, from apps and pages that do not go through the citizen page. */
export function pictureRoutes(
  app: FastifyInstance,
  { evaluations, limit = usualLimit }: { evaluations: Subgraph; limit?: UploadLimit },
): void {
  const throttle = createAddressThrottle(limit)
  let underWay = 0

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const token = request.headers['x-rating-token']
    if (typeof token !== 'string' || token === '') throw refuse('RATING_TOKEN_MISSING')
    if (underWay >= mostAtOnce) throw refuse('PICTURES_BUSY')
    const waitMs = throttle.take(request.ip)
    if (waitMs > 0) {
      reply.header('retry-after', Math.ceil(waitMs / 1000))
      throw refuse('PICTURES_TOO_OFTEN', { minutes: Math.ceil(waitMs / 60_000) })
    }
    underWay += 1
    try {
      const bytes = await pictureOf(request)
      if (bytes.length === 0) throw refuse('PICTURE_MISSING')
      const kept = await keepPicture(evaluations, token, bytes)
      if (!kept) throw refuse('SUBGRAPH_UNAVAILABLE')
      if ('fault' in kept) throw pictureRefusal(kept.fault)
      return reply.code(201).header('cache-control', 'no-store').send(kept)
    } finally {
      underWay -= 1
    }
  }

  app.register(async child => {
    await child.register(multipart, {
      throwFileSizeLimit: false,
      limits: { fileSize: mostBytes, files: 1, fields: 10, fieldSize: 1024, parts: 11 },
    })
    child.post('/v1/pictures', take)
  })
}

async function pictureOf(request: FastifyRequest): Promise<Buffer> {
  if (!request.isMultipart()) {
    const type = String(request.headers['content-type'] ?? '')
    if (!/^(image\/|application\/octet-stream\b)/i.test(type)) throw refuse('PICTURE_MISSING')
    return wholeBody(request)
  }
  try {
    const file = await request.file()
    if (file?.fieldname === 'picture') return await file.toBuffer()
  } catch {
    // A form that breaks off, or with more parts than one picture needs.
  }
  throw refuse('PICTURE_MISSING')
}

async function wholeBody(request: FastifyRequest): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of bodyBytes(request.raw, idleMs)) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= mostBytes) break
  }
  return Buffer.concat(chunks).subarray(0, mostBytes)
}

function pictureRefusal({ code, zh, en }: { code: string; zh: string; en: string }): RestRefusal {
  const { remedy } = refusal(code as ErrorCode)
  return new RestRefusal(problemOf({ code, message: zh, messageEnglish: en, remedy }))
}
