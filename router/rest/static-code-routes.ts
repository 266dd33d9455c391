import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Faces } from '../../subgraphs/evaluations/printing/faces.ts'
import type { Layout } from '../../subgraphs/evaluations/printing/layout.ts'
import { layoutOf, type PrintKind } from '../../subgraphs/evaluations/printing/layout-of.ts'
import { pdfOf } from '../../subgraphs/evaluations/printing/pdf-of.ts'
import { DPI, pngOf } from '../../subgraphs/evaluations/printing/png-of.ts'
import { stickerSheets } from '../../subgraphs/evaluations/printing/sticker-sheets.ts'
import { svgOf } from '../../subgraphs/evaluations/printing/svg-of.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { type Authenticate, callerOf } from './caller.ts'
import { oneOf, wholeNumber } from './parameter.ts'
import { refuse } from './problem.ts'
import { type AskGraph, codesOfHall, printableCode } from './static-codes-to-print.ts'

type Query = Record<string, unknown>
type OfCode = { Params: { id: string }; Querystring: Query }
type OfHall = { Params: { hallId: string }; Querystring: Query }

/** Static codes for the printer (静态码印制): one as SVG, PNG or print-ready PDF, all of a hall as one PDF. For staff and their systems. */
export function staticCodeRoutes(
  app: FastifyInstance,
  parts: { execute: AskGraph; authenticate: Authenticate; faces: () => Faces },
) {
  const { execute, faces } = parts

  async function printer(request: FastifyRequest): Promise<Viewer> {
    const viewer = await callerOf(request, parts.authenticate)
    if (viewer.kind !== 'STAFF' && viewer.kind !== 'CLIENT') throw refuse('NOT_PERMITTED')
    return viewer
  }

  app.get<OfCode>('/v1/static-codes/:id/print', { exposeHeadRoute: false }, async (request, reply) => {
    const viewer = await printer(request)
    const kind = printKind(request.query)
    const format = oneOf(request.query, 'format', ['pdf', 'svg', 'png'], 'pdf')
    const dpi = wholeNumber(request.query, 'dpi', { least: DPI.least, most: DPI.most, otherwise: DPI.default })
    const code = await printableCode(execute, viewer, request.params.id)
    const layout = layoutOf(kind, code, faces())
    tellRemarks(reply, layout)
    name(reply, `${code.printedId}.${format}`)
    if (format === 'svg') return reply.type('image/svg+xml; charset=utf-8').send(svgOf(layout, faces()))
    if (format === 'png') return reply.type('image/png').send(await pngOf(layout, faces(), dpi))
    return sendPdf(reply, [layout], `静态评价码 ${code.printedId}`)
  })

  app.get<OfHall>('/v1/halls/:hallId/static-codes/print', { exposeHeadRoute: false }, async (request, reply) => {
    const viewer = await printer(request)
    const kind = printKind(request.query)
    // The first code is waited for, so that a refusal can still be a refusal.
    const codes = codesOfHall(execute, viewer, request.params.hallId)
    const first = await codes.next()
    if (first.done) throw refuse('STATIC_CODE_UNKNOWN')
    async function* layouts(): AsyncGenerator<Layout> {
      yield layoutOf(kind, first.value!, faces())
      for await (const code of codes) yield layoutOf(kind, code, faces())
    }
    name(reply, 'static-codes.pdf')
    return sendPdf(reply, kind === 'STICKER' ? stickerSheets(layouts()) : layouts(), '静态评价码')
  })

  function sendPdf(reply: FastifyReply, layouts: Layout[] | AsyncIterable<Layout>, title: string): FastifyReply {
    return reply.type('application/pdf').send(Readable.from(pdfOf(layouts, faces(), { title, madeAt: new Date() })))
  }
}

function printKind(query: Query): PrintKind {
  const form = oneOf(query, 'form', ['poster', 'stand', 'sticker'], 'poster')
  const paper = oneOf(query, 'paper', ['a3', 'a4'], 'a3')
  if (form === 'poster') return paper === 'a3' ? 'POSTER_A3' : 'POSTER_A4'
  return form === 'stand' ? 'STAND' : 'STICKER'
}

/** Characters that the fonts lack and texts that were cut: to be looked at before the paper is. Percent-encoded, as headers are ASCII. */
function tellRemarks(reply: FastifyReply, { missing, shortened }: Layout): void {
  if (missing.length > 0) reply.header('x-print-missing', encodeURIComponent(missing.join('')))
  if (shortened.length > 0) reply.header('x-print-shortened', shortened.map(encodeURIComponent).join(','))
}

function name(reply: FastifyReply, fileName: string): void {
  reply.header('cache-control', 'no-store').header('content-disposition', `inline; filename="${fileName}"`)
}
