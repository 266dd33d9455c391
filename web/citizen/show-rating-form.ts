import type { FastifyReply } from 'fastify'
import type { RatingFormQuery } from '../kit/generated/operations.ts'
import { openPage } from '../serving/page-answer.ts'
import { isSecure, type PagesContext } from '../serving/pages-context.ts'
import { emptyDraft, type RatingDraft } from './rating-draft.ts'
import type { CodeRequest } from './show-refusal.ts'
import type { SubmissionAnswer } from './submission-answer.ts'

export type Correction = Extract<SubmissionAnswer, { kind: 'CORRECT' }>

/** Shows the rating form of a code (评价表单), with what was filled in before and what has to be corrected. */
export function showRatingForm(
  request: CodeRequest,
  reply: FastifyReply,
  context: PagesContext,
  form: RatingFormQuery['ratingForm'],
  {
    draft = emptyDraft,
    answer = null,
    isUnseen = false,
  }: { draft?: RatingDraft; answer?: Correction | null; isUnseen?: boolean } = {},
) {
  const pages = context.pages
  const frame = openPage(request, reply, pages, 'citizen', isSecure(context))
  // Kept by the browser for the way back only, so that a corrected form still holds what was typed.
  reply.header('cache-control', 'private, no-cache').code(answer?.status ?? 200)
  const problem = answer?.problem ?? null
  const isMoreOpen = answer?.part === 'more' || answer?.part === 'pictures'
  const { token } = request.params
  return reply.send(pages.rendering.renderRatingPage({ frame, token, form, draft, problem, isMoreOpen, isUnseen }))
}
