import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  AppendRatingDocument,
  ReceiptDocument,
  type ReceiptQuery,
  SupplementRatingDocument,
} from '../kit/generated/operations.ts'
import { readPostedForm } from '../serving/form-body.ts'
import { addCookies, languageOf, openPage } from '../serving/page-answer.ts'
import { askAnonymously, askAsHolder, isSecure, type PagesContext } from '../serving/pages-context.ts'
import { pictureProblem } from './picture-problem.ts'
import { readPostedRating } from './posted-rating.ts'
import { emptyDraft, type RatingDraft } from './rating-draft.ts'
import { contentInput, subRatingsInput } from './rating-input.ts'
import { rememberReceipt } from './receipt-cookie.ts'
import { askForNumber, showReceipt, unknownNumber } from './receipt-routes.ts'
import type { Correction } from './show-rating-form.ts'
import { correction, missingLevel, said } from './submission-answer.ts'
import { citizenWording } from './wording.ts'

const receiptOf = (fields: URLSearchParams) => (fields.get('receiptNumber') ?? '').trim().slice(0, 60)

/** What the holder of a receipt adds to his rating (补充评价), and how he rates once more (追评). The number travels in form bodies alone. */
export function followUpRoutes(server: FastifyInstance, context: PagesContext): void {
  for (const path of ['/receipt/supplement', '/receipt/second', '/receipt/second/form', '/receipt/pressure']) {
    server.get(path, (_request, reply) => reply.redirect('/receipt', 303))
  }

  server.post('/receipt/supplement', async (request, reply) => {
    const { fields, draft, refusedPictures } = await readPostedRating(request, context, receiptOf)
    const receiptNumber = receiptOf(fields)
    const answer =
      pictureProblem(refusedPictures, languageOf(request)) ?? (await supplement(request, context, receiptNumber, draft))
    if (answer.kind === 'STORED') return showAgain(reply, context, receiptNumber, false, wantsJson(request))
    if (wantsJson(request)) return reply.code(answer.status).send({ part: answer.part, ...answer.problem })
    const about = await lookAt(context, receiptNumber)
    if (!about?.evaluation) return unknownNumber(request, reply, context, receiptNumber)
    const shown = { path: '/receipt', receiptNumber, isJustSubmitted: false, token: null }
    reply.code(answer.status)
    const { problem } = answer
    return showReceipt(request, reply, context, {
      ...shown,
      evaluation: about.evaluation,
      followUp: about.followUpForm,
      supplement: { draft, problem },
    })
  })

  server.post('/receipt/second/form', async (request, reply) => {
    const receiptNumber = receiptOf(await readPostedForm(request))
    return showSecondForm(request, reply, context, receiptNumber, {
      draft: emptyDraft,
      isAboutRectification: null,
      answer: null,
    })
  })

  server.post('/receipt/second', async (request, reply) => {
    const { fields, draft, refusedPictures } = await readPostedRating(request, context, receiptOf)
    const receiptNumber = receiptOf(fields)
    const isAboutRectification = fields.get('isAboutRectification') === 'yes'
    const answer =
      pictureProblem(refusedPictures, languageOf(request)) ??
      missingLevel(draft, languageOf(request)) ??
      (await append(request, context, receiptNumber, draft, isAboutRectification))
    if (answer.kind === 'STORED') return showAgain(reply, context, answer.receiptNumber, true, wantsJson(request))
    if (wantsJson(request)) return reply.code(answer.status).send({ part: answer.part, ...answer.problem })
    return showSecondForm(request, reply, context, receiptNumber, { draft, isAboutRectification, answer })
  })
}

type Answer = { kind: 'STORED'; receiptNumber: string } | Correction

async function supplement(
  request: FastifyRequest,
  context: PagesContext,
  receiptNumber: string,
  draft: RatingDraft,
): Promise<Answer> {
  const { items, text, pictures } = contentInput(draft)
  const input = { receiptNumber, items, text, pictures, subRatings: subRatingsInput(draft) }
  const result = (await askAnonymously(context, SupplementRatingDocument, { input }))?.supplementEvaluation
  if (result?.__typename === 'SupplementEvaluationSuccess') return { kind: 'STORED', receiptNumber }
  if (result?.__typename === 'InvalidEvaluation') return correction(result, languageOf(request))
  return refusedOr(request, result)
}

async function append(
  request: FastifyRequest,
  context: PagesContext,
  receiptNumber: string,
  draft: RatingDraft,
  isAboutRectification: boolean,
): Promise<Answer> {
  const input = { receiptNumber, evaluationId: null, ...contentInput(draft), isAboutRectification }
  const result = (await askAnonymously(context, AppendRatingDocument, { input }))?.appendEvaluation
  if (result?.__typename === 'SubmitEvaluationSuccess') return { kind: 'STORED', receiptNumber: result.receiptNumber }
  if (result?.__typename === 'InvalidEvaluation') return correction(result, languageOf(request))
  return refusedOr(request, result)
}

/** A refusal that is no fault of a field, or a hub that cannot answer: said on the form, which keeps what was typed. */
function refusedOr(request: FastifyRequest, refusal: Parameters<typeof said>[0] | undefined): Correction {
  const language = languageOf(request)
  const words = citizenWording[language]
  const { status, message, remedy } = refusal
    ? said(refusal, language)
    : { status: 503, message: words.notDone, remedy: words.notStoredRemedyInPlace }
  return { kind: 'CORRECT', status, part: null, problem: { message, details: [], remedy } }
}

async function showSecondForm(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  receiptNumber: string,
  shown: { draft: RatingDraft; isAboutRectification: boolean | null; answer: Correction | null },
) {
  const about = await lookAt(context, receiptNumber)
  const words = citizenWording[languageOf(request)]
  if (!about) {
    const problem = { message: words.receiptUnavailable, details: [], remedy: words.receiptUnavailableRemedy }
    return askForNumber(request, reply, context, { status: 503, typed: receiptNumber, problem, notice: null })
  }
  const { evaluation, followUpForm } = about
  if (!evaluation || !followUpForm) return unknownNumber(request, reply, context, receiptNumber)
  const frame = openPage(request, reply, context.pages, 'citizen', isSecure(context))
  const { draft, answer } = shown
  reply.header('cache-control', 'no-store').code(answer?.status ?? 200)
  const mayBeAboutRectification = wasPutRight(evaluation)
  const { rendering } = context.pages
  return reply.send(
    rendering.renderSecondRatingPage({
      frame,
      receiptNumber,
      ratedName: evaluation.serviceCase?.matter?.name ?? evaluation.staticCode?.place.name ?? null,
      form: followUpForm,
      mayBeAboutRectification,
      isAboutRectification: shown.isAboutRectification ?? mayBeAboutRectification,
      draft,
      problem: answer?.problem ?? null,
      isMoreOpen: answer?.part === 'more' || answer?.part === 'pictures',
    }),
  )
}

/** Whether the first rating was bad and its rater has been told what was done (已反馈). */
function wasPutRight({ isNegative, negativeReview }: NonNullable<ReceiptQuery['evaluation']>): boolean {
  return isNegative && (negativeReview?.state === 'EVALUATOR_TOLD' || negativeReview?.state === 'CLOSED')
}

function lookAt(context: PagesContext, receiptNumber: string): Promise<ReceiptQuery | null> {
  return askAsHolder(context, ReceiptDocument, receiptNumber)
}

function showAgain(
  reply: FastifyReply,
  context: PagesContext,
  receiptNumber: string,
  isJustSubmitted: boolean,
  isJson: boolean,
) {
  addCookies(reply, rememberReceipt({ receiptNumber, token: null, isJustSubmitted }, isSecure(context)))
  reply.header('cache-control', 'no-store')
  return isJson ? reply.send({ location: '/receipt' }) : reply.redirect('/receipt', 303)
}

function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept === 'application/json'
}
