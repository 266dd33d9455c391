import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type PressureKind, ReceiptDocument, ReportPressureDocument } from '../kit/generated/operations.ts'
import { messageIn } from '../kit/language.ts'
import { readPostedForm } from '../serving/form-body.ts'
import { languageOf, openPage } from '../serving/page-answer.ts'
import { askAnonymously, askAsHolder, isSecure, type PagesContext } from '../serving/pages-context.ts'
import { type PressureDraft, pressureKinds } from './pressure-draft.ts'
import type { Problem } from './problem-box.tsx'
import { showReceipt } from './receipt-routes.ts'
import { said } from './submission-answer.ts'
import { citizenWording } from './wording.ts'

/** Takes reports of pressure or retaliation (施压、报复举报) from the page of a receipt; what was typed comes back when it does not hold. */
export function pressureRoutes(server: FastifyInstance, context: PagesContext): void {
  server.post('/receipt/pressure', async (request, reply) => {
    const posted = await readPostedForm(request)
    const receiptNumber = (posted.get('receiptNumber') ?? '').trim().slice(0, 60)
    const draft = readPressure(posted)
    const answer = await report(request, context, receiptNumber, draft)
    if ('problem' in answer) return showAgain(request, reply, context, receiptNumber, draft, answer)
    const frame = openPage(request, reply, context.pages, 'citizen', isSecure(context))
    reply.header('cache-control', 'no-store')
    return reply.send(context.pages.rendering.renderPressureTakenPage({ frame, ...answer }))
  })
}

function readPressure(posted: URLSearchParams): PressureDraft {
  const written = (name: string) => (posted.get(name) ?? '').replaceAll('\r\n', '\n').trim()
  return { kind: written('kind'), text: written('text'), contactPhone: written('contactPhone') }
}

async function report(
  request: FastifyRequest,
  context: PagesContext,
  receiptNumber: string,
  draft: PressureDraft,
): Promise<{ reportNumber: string } | { status: number; problem: Problem }> {
  const language = languageOf(request)
  const words = citizenWording[language]
  if (!pressureKinds.includes(draft.kind as PressureKind)) {
    return { status: 422, problem: { message: words.pressureKind, details: [], remedy: '' } }
  }
  const input = {
    receiptNumber,
    kind: draft.kind as PressureKind,
    text: draft.text,
    contactPhone: draft.contactPhone || null,
  }
  const result = (await askAnonymously(context, ReportPressureDocument, { input }))?.reportPressure
  if (!result) {
    return { status: 503, problem: { message: words.notDone, details: [], remedy: words.notStoredRemedyInPlace } }
  }
  if (result.__typename === 'ReportPressureSuccess') return { reportNumber: result.reportNumber }
  const { status, message, remedy } = said(result, language)
  const details = result.__typename === 'InvalidReport' ? result.problems.map(fault => messageIn(language, fault)) : []
  return { status, problem: { message, details, remedy } }
}

async function showAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  receiptNumber: string,
  draft: PressureDraft,
  { status, problem }: { status: number; problem: Problem },
) {
  const about = await askAsHolder(context, ReceiptDocument, receiptNumber)
  reply.code(status)
  return showReceipt(request, reply, context, {
    path: '/receipt',
    receiptNumber,
    evaluation: about?.evaluation ?? null,
    followUp: about?.followUpForm ?? null,
    isJustSubmitted: false,
    token: null,
    pressure: { draft, problem },
  })
}
