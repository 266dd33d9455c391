import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  CountCodeScanDocument,
  FindOwnCasesDocument,
  RatingFormDocument,
  type RatingFormQuery,
} from '../kit/generated/operations.ts'
import { messageIn, remedyIn } from '../kit/language.ts'
import { readPostedForm } from '../serving/form-body.ts'
import { languageOf, openPage } from '../serving/page-answer.ts'
import { askAnonymously, askAsViewer, isSecure, type PagesContext, viewerOf } from '../serving/pages-context.ts'
import { countScan } from './count-scan.ts'
import type { Problem } from './problem-box.tsx'
import { showRatingForm } from './show-rating-form.ts'
import { type CodeRequest, refuse, unavailable } from './show-refusal.ts'

type OpenForm = RatingFormQuery['ratingForm']

/** Whether a form is that of a static code (静态评价码) at which a case may be looked for first. */
export function asksForCases(form: OpenForm): boolean {
  return form.identification === 'PHONE_NUMBER' && form.place !== null && form.subject === null
}

/** The steps at a static code: one's own cases by phone, one of them picked, or none. */
export function staticCodeRoutes(server: FastifyInstance, context: PagesContext): void {
  for (const step of ['cases', 'form', 'seen']) {
    // Reached by the way back or a reload: a phone or a ticket is in no address, so the code's own page comes.
    server.get(`/r/:token/${step}`, (request: CodeRequest, reply) =>
      reply.redirect(`/r/${encodeURIComponent(request.params.token)}`, 303),
    )
  }

  server.get('/r/:token/direct', async (request: CodeRequest, reply) => {
    const form = await formOf(request, context, null)
    if (!form) return unavailable(request, reply, context)
    if (form.state !== 'OPEN')
      return refuse(request, reply, context, { state: form.state, message: messageIn(languageOf(request), form) })
    return showRatingForm(request, reply, context, form, { isUnseen: form.place !== null })
  })

  server.post('/r/:token/seen', async (request: CodeRequest, reply) => {
    await askAnonymously(context, CountCodeScanDocument, { token: request.params.token })
    return reply.code(204).send()
  })

  server.post('/r/:token/cases', async (request: CodeRequest, reply) => {
    const posted = await readPostedForm(request)
    await countScan(context, request.params.token, posted)
    const form = await formOf(request, context, null)
    if (!form) return unavailable(request, reply, context)
    if (form.state !== 'OPEN')
      return refuse(request, reply, context, { state: form.state, message: messageIn(languageOf(request), form) })
    return showOwnCases(request, reply, context, form, (posted.get('phone') ?? '').trim().slice(0, 20))
  })

  server.post('/r/:token/form', async (request: CodeRequest, reply) => {
    const posted = await readPostedForm(request)
    await countScan(context, request.params.token, posted)
    const form = await formOf(request, context, posted.get('formTicket'))
    if (!form) return unavailable(request, reply, context)
    if (form.state !== 'OPEN')
      return refuse(request, reply, context, { state: form.state, message: messageIn(languageOf(request), form) })
    return showRatingForm(request, reply, context, form)
  })
}

/** The first page of a static code: the cases of whoever is signed in at once, the question for the phone of anyone else. */
export async function showStaticCode(request: CodeRequest, reply: FastifyReply, context: PagesContext, form: OpenForm) {
  const viewer = await viewerOf(context, request.headers.cookie)
  if (viewer.kind === 'CITIZEN') return showOwnCases(request, reply, context, form, '')
  return askForPhone(request, reply, context, form, { phone: '', problem: null, status: 200, isUnseen: true })
}

async function showOwnCases(
  request: CodeRequest,
  reply: FastifyReply,
  context: PagesContext,
  form: OpenForm,
  phone: string,
) {
  const { token } = request.params
  const language = languageOf(request)
  const viewer = await viewerOf(context, request.headers.cookie)
  const answer = await askAsViewer(context, viewer, FindOwnCasesDocument, { input: { token, phone } })
  if (!answer) return unavailable(request, reply, context)
  const found = answer.findOwnCases
  if (found.__typename !== 'FindOwnCasesSuccess') {
    const details =
      found.__typename === 'InvalidEvaluation' ? found.problems.map(fault => messageIn(language, fault)) : []
    const problem = { message: messageIn(language, found), details, remedy: remedyIn(language, found.remedy) }
    return askForPhone(request, reply, context, form, { phone, problem, status: 422, isUnseen: false })
  }
  const frame = openPage(request, reply, context.pages, 'citizen', isSecure(context))
  reply.header('cache-control', 'no-store')
  const isSignedIn = viewer.kind === 'CITIZEN' && phone === ''
  const { place } = form
  const { cases } = found
  return reply.send(context.pages.rendering.renderOwnCasesPage({ frame, token, place, cases, phone, isSignedIn }))
}

function askForPhone(
  request: CodeRequest,
  reply: FastifyReply,
  context: PagesContext,
  form: OpenForm,
  { status, ...asked }: { status: number; phone: string; problem: Problem | null; isUnseen: boolean },
) {
  const frame = openPage(request, reply, context.pages, 'citizen', isSecure(context))
  reply.header('cache-control', 'no-store').code(status)
  const { token } = request.params
  return reply.send(context.pages.rendering.renderStaticCodePage({ frame, token, place: form.place!, ...asked }))
}

async function formOf(
  request: CodeRequest,
  context: PagesContext,
  formTicket: string | null,
): Promise<OpenForm | null> {
  const viewer = await viewerOf(context, request.headers.cookie)
  const { token } = request.params
  return (await askAsViewer(context, viewer, RatingFormDocument, { token, formTicket }))?.ratingForm ?? null
}
