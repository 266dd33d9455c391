import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RatingFormDocument, SubmitRatingDocument } from '../kit/generated/operations.ts'
import { messageIn } from '../kit/language.ts'
import { addCookies, languageOf, openPage } from '../serving/page-answer.ts'
import { askAsViewer, isSecure, type PagesContext, viewerOf } from '../serving/pages-context.ts'
import { countScan } from './count-scan.ts'
import { pictureProblem } from './picture-problem.ts'
import { readPostedRating } from './posted-rating.ts'
import type { RatingDraft } from './rating-draft.ts'
import { submissionInput } from './rating-input.ts'
import { rememberedReceipt, rememberReceipt } from './receipt-cookie.ts'
import { answerWithReceipt } from './receipt-routes.ts'
import { type Correction, showRatingForm } from './show-rating-form.ts'
import { type CodeRequest, refuse, showRefusal, unavailable } from './show-refusal.ts'
import { smsTokenPattern } from './sms-proof-routes.ts'
import { asksForCases, showStaticCode } from './static-code-routes.ts'
import { missingLevel, type SubmissionAnswer, submissionAnswer } from './submission-answer.ts'
import { citizenWording } from './wording.ts'

type Refused = Extract<SubmissionAnswer, { kind: 'REFUSED' }>

/** The page behind a code (评价页): GET shows it and changes nothing, POST hands the rating in. */
export function ratingRoutes(server: FastifyInstance, context: PagesContext): void {
  server.get('/r/:token', async (request: CodeRequest, reply) => {
    const { token } = request.params
    const form = await formOf(request, context, null)
    if (!form) return unavailable(request, reply, context)
    if (form.state === 'OPEN') {
      if (asksForCases(form)) return showStaticCode(request, reply, context, form)
      return showRatingForm(request, reply, context, form, { isUnseen: form.place !== null })
    }
    if (form.state === 'ALREADY_EVALUATED') {
      const remembered = rememberedReceipt(request.headers.cookie)
      if (remembered?.token === token) return answerWithReceipt(request, reply, context, remembered, `/r/${token}`)
      if (smsTokenPattern.test(token)) return askForProof(request, reply, context)
    }
    return refuse(request, reply, context, { state: form.state, message: messageIn(languageOf(request), form) })
  })

  server.post('/r/:token', async (request: CodeRequest, reply) => {
    const { token } = request.params
    const { fields, draft, refusedPictures } = await readPostedRating(request, context, () => token)
    await countScan(context, token, fields)
    const faulty = pictureProblem(refusedPictures, languageOf(request))
    const answer = faulty ?? (await submit(request, context, draft))
    if (!answer) return notStored(request, reply, context)
    if (answer.kind === 'STORED') {
      const receipt = { receiptNumber: answer.receiptNumber, token, isJustSubmitted: true }
      addCookies(reply, rememberReceipt(receipt, isSecure(context)))
      reply.header('cache-control', 'no-store')
      return wantsJson(request) ? reply.send({ location: '/receipt' }) : reply.redirect('/receipt', 303)
    }
    if (wantsJson(request)) return reply.code(answer.status).send(spoken(request, answer))
    if (answer.kind === 'REFUSED') return refuse(request, reply, context, answer)
    // By its ticket the form opens again after the code itself has run out.
    const again = await formOf(request, context, draft.formTicket || null)
    if (again?.state !== 'OPEN') return correctOnThePageBefore(request, reply, context, answer)
    return showRatingForm(request, reply, context, again, { draft, answer })
  })
}

async function formOf(request: CodeRequest, context: PagesContext, formTicket: string | null) {
  const viewer = await viewerOf(context, request.headers.cookie)
  const { token } = request.params
  return (await askAsViewer(context, viewer, RatingFormDocument, { token, formTicket }))?.ratingForm ?? null
}

async function submit(
  request: CodeRequest,
  context: PagesContext,
  draft: RatingDraft,
): Promise<SubmissionAnswer | null> {
  const language = languageOf(request)
  const missing = missingLevel(draft, language)
  if (missing) return missing
  const viewer = await viewerOf(context, request.headers.cookie)
  const input = submissionInput(request.params.token, draft)
  const result = await askAsViewer(context, viewer, SubmitRatingDocument, { input })
  return result && submissionAnswer(result.submitEvaluation, language)
}

function askForProof(request: CodeRequest, reply: FastifyReply, context: PagesContext) {
  const frame = openPage(request, reply, context.pages, 'citizen', isSecure(context))
  reply.header('cache-control', 'no-store').code(409)
  const { token } = request.params
  return reply.send(context.pages.rendering.renderSmsProofPage({ frame, token, typed: '', problem: null }))
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

/** Code and ticket have run out while the form was filled in, so only the browser still has the form. */
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

/** What the page's script is told; the same words that the page without a script shows. */
function spoken(request: CodeRequest, answer: Correction | Refused) {
  if (answer.kind === 'CORRECT') return { part: answer.part, ...answer.problem }
  const words = citizenWording[languageOf(request)]
  const remedy = answer.state === 'NOT_RATEABLE' ? answer.remedy : words.stateRemedy[answer.state]
  return { part: null, message: answer.message, details: [], remedy }
}

function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept === 'application/json'
}
