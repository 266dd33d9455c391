import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type EvaluationLevel,
  RatingFormDocument,
  type RatingFormQuery,
  SubmitRatingDocument,
} from '../kit/generated/operations.ts'
import { messageIn } from '../kit/language.ts'
import { postedForm } from '../serving/form-body.ts'
import { addCookies, languageOf, openPage } from '../serving/page-answer.ts'
import { askAnonymously, isSecure, type PagesContext } from '../serving/pages-context.ts'
import { emptyDraft, type RatingDraft, readDraft } from './rating-draft.ts'
import { rememberedReceipt, rememberReceipt } from './receipt-cookie.ts'
import { answerWithReceipt } from './receipt-routes.ts'
import { missingLevel, type SubmissionAnswer, submissionAnswer } from './submission-answer.ts'
import { citizenWording } from './wording.ts'

/** Status of the page for each state of a code; the words on it say the same. */
const stateStatus = { OPEN: 200, ALREADY_EVALUATED: 409, EXPIRED: 410, INVALID: 404, NOT_RATEABLE: 409 }

type CodeRequest = FastifyRequest<{ Params: { token: string } }>

/** The page behind a code (评价页): GET shows it and changes nothing, POST hands the rating in. */
export function ratingRoutes(server: FastifyInstance, context: PagesContext): void {
  server.get('/r/:token', async (request: CodeRequest, reply) => {
    const { token } = request.params
    const answer = await askAnonymously(context, RatingFormDocument, { token })
    const form = answer?.ratingForm
    if (!form) return unavailable(request, reply, context)
    if (form.state === 'OPEN') return showForm(request, reply, context, { form, draft: emptyDraft, answer: null })
    const remembered = form.state === 'ALREADY_EVALUATED' ? rememberedReceipt(request.headers.cookie) : null
    if (remembered?.token === token) return answerWithReceipt(request, reply, context, remembered, `/r/${token}`)
    return refuse(request, reply, context, {
      kind: 'REFUSED',
      status: stateStatus[form.state],
      state: form.state,
      message: messageIn(languageOf(request), form),
      remedy: '',
    })
  })

  server.post('/r/:token', async (request: CodeRequest, reply) => {
    const draft = readDraft(postedForm(request.body))
    const answer = await submit(request, context, draft)
    if (!answer) return notStored(request, reply, context)
    if (answer.kind === 'STORED') {
      const receipt = { receiptNumber: answer.receiptNumber, token: request.params.token, isJustSubmitted: true }
      addCookies(reply, rememberReceipt(receipt, isSecure(context)))
      reply.header('cache-control', 'no-store')
      return wantsJson(request) ? reply.send({ location: '/receipt' }) : reply.redirect('/receipt', 303)
    }
    if (wantsJson(request)) return reply.code(answer.status).send(spoken(request, answer))
    if (answer.kind === 'REFUSED') return refuse(request, reply, context, answer)
    const again = await askAnonymously(context, RatingFormDocument, { token: request.params.token })
    if (again?.ratingForm.state !== 'OPEN') return correctOnThePageBefore(request, reply, context, answer)
    return showForm(request, reply, context, { form: again.ratingForm, draft, answer })
  })
}

async function submit(
  request: CodeRequest,
  context: PagesContext,
  draft: RatingDraft,
): Promise<SubmissionAnswer | null> {
  const language = languageOf(request)
  const missing = missingLevel(draft, language)
  if (missing) return missing
  const result = await askAnonymously(context, SubmitRatingDocument, {
    input: {
      token: request.params.token,
      formTicket: draft.formTicket || null,
      level: draft.level as EvaluationLevel,
      items: draft.items,
      text: draft.text || null,
      isPublic: draft.isPublic,
      isAnonymous: draft.isAnonymous,
      phoneLastFour: draft.phoneLastFour || null,
    },
  })
  return result && submissionAnswer(result.submitEvaluation, language)
}

type Correction = Extract<SubmissionAnswer, { kind: 'CORRECT' }>
type Refused = Extract<SubmissionAnswer, { kind: 'REFUSED' }>
type OpenForm = RatingFormQuery['ratingForm']

async function showForm(
  request: CodeRequest,
  reply: FastifyReply,
  context: PagesContext,
  shown: { form: OpenForm; draft: RatingDraft; answer: Correction | null },
) {
  const pages = context.pages
  const frame = openPage(request, reply, pages, 'citizen', isSecure(context))
  // Kept by the browser for the way back only, so that a corrected form still holds what was typed.
  reply.header('cache-control', 'private, no-cache').code(shown.answer?.status ?? 200)
  const { form, draft } = shown
  const problem = shown.answer?.problem ?? null
  return reply.send(pages.rendering.renderRatingPage({ frame, token: request.params.token, form, draft, problem }))
}

async function refuse(request: CodeRequest, reply: FastifyReply, context: PagesContext, refused: Refused) {
  const words = citizenWording[languageOf(request)]
  const ways = refused.state === 'ALREADY_EVALUATED' ? [{ address: '/receipt', words: words.followTitle }] : []
  return showRefusal(request, reply, context, refused.status, {
    title: words.stateTitle[refused.state],
    // The other states are said by the title; only here does the graph know more: why not.
    message: refused.state === 'NOT_RATEABLE' ? refused.message : '',
    remedy: words.stateRemedy[refused.state],
    ways,
  })
}

async function unavailable(request: CodeRequest, reply: FastifyReply, context: PagesContext) {
  const words = citizenWording[languageOf(request)]
  const refusal = { title: words.unavailable, message: '', remedy: words.unavailableRemedy, ways: [] }
  return showRefusal(request, reply, context, 503, refusal)
}

async function notStored(request: CodeRequest, reply: FastifyReply, context: PagesContext) {
  const words = citizenWording[languageOf(request)]
  if (wantsJson(request)) {
    return reply
      .code(503)
      .send({ part: null, message: words.notStored, details: [], remedy: words.notStoredRemedyInPlace })
  }
  const refusal = { title: words.notStored, message: '', remedy: words.notStoredRemedy, ways: [] }
  return showRefusal(request, reply, context, 503, refusal)
}

/** The code has run out while the form was filled in: only the browser still has the form, and its ticket is good for half an hour. */
async function correctOnThePageBefore(
  request: CodeRequest,
  reply: FastifyReply,
  context: PagesContext,
  { status, problem }: Correction,
) {
  const words = citizenWording[languageOf(request)]
  const message = [problem.message, ...problem.details].join(' · ')
  const refusal = { title: words.notStored, message, remedy: words.backAndCorrect, ways: [] }
  return showRefusal(request, reply, context, status, refusal)
}

async function showRefusal(
  request: CodeRequest,
  reply: FastifyReply,
  context: PagesContext,
  status: number,
  refusal: { title: string; message: string; remedy: string; ways: { address: string; words: string }[] },
) {
  const pages = context.pages
  const frame = openPage(request, reply, pages, 'citizen', isSecure(context))
  reply.header('cache-control', 'no-store').code(status)
  const path = `/r/${encodeURIComponent(request.params.token)}`
  return reply.send(pages.rendering.renderRefusalPage({ frame, path, ...refusal }))
}

/** What the page's script is told; the same words that the page without a script shows. */
function spoken(request: CodeRequest, answer: Correction | Refused) {
  if (answer.kind === 'CORRECT') return { part: answer.part, ...answer.problem }
  const words = citizenWording[languageOf(request)]
  return { part: null, message: answer.message, details: [], remedy: words.stateRemedy[answer.state] }
}

function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept === 'application/json'
}
