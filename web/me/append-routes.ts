import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { emptyDraft, type RatingDraft, readDraft } from '../citizen/rating-draft.ts'
import { contentInput } from '../citizen/rating-input.ts'
import { missingLevel, type SubmissionAnswer, submissionAnswer } from '../citizen/submission-answer.ts'
import { AppendRatingDocument, OwnFollowUpDocument, type OwnFollowUpQuery } from '../kit/generated/operations.ts'
import { postedForm } from '../serving/form-body.ts'
import { languageOf } from '../serving/page-answer.ts'
import { askAsViewer, type PagesContext } from '../serving/pages-context.ts'
import { openMePage, refuseMe, signedIn } from './me-answers.ts'
import { wasToldOfRectification } from './own-case.ts'
import { meWording } from './wording.ts'

type AppendRequest = FastifyRequest<{ Params: { evaluationId: string } }>
type Correction = Extract<SubmissionAnswer, { kind: 'CORRECT' }>
type FollowUp = {
  viewer: Viewer
  evaluation: NonNullable<OwnFollowUpQuery['evaluation']>
  form: NonNullable<OwnFollowUpQuery['followUpForm']>
}

/** The second rating of one's own case (追评). GET shows the form and changes nothing, POST hands it in. */
export function appendRoutes(server: FastifyInstance, context: PagesContext): void {
  server.get('/me/append/:evaluationId', async (request: AppendRequest, reply) => {
    const followUp = await openFollowUp(request, reply, context)
    if (!followUp) return reply
    if (!followUp.form.canAppend) return sayNotNow(request, reply, context, '')
    return showForm(request, reply, context, followUp, emptyDraft, null)
  })

  server.post('/me/append/:evaluationId', async (request: AppendRequest, reply) => {
    const followUp = await openFollowUp(request, reply, context)
    if (!followUp) return reply
    const draft = readDraft(postedForm(request.body))
    const answer = await append(request, reply, context, followUp, draft)
    if (!answer) return reply
    if (answer.kind === 'CORRECT') return showForm(request, reply, context, followUp, draft, answer)
    if (answer.kind === 'REFUSED') return sayNotNow(request, reply, context, answer.message, answer.status)
    return reply.header('cache-control', 'no-store').redirect('/me?done=appended', 303)
  })
}

/** The rating that is to be followed by a second one; null has been answered already: not signed in, not his, or not now. */
async function openFollowUp(
  request: AppendRequest,
  reply: FastifyReply,
  context: PagesContext,
): Promise<FollowUp | null> {
  const viewer = await signedIn(request, reply, context)
  if (!viewer) return null
  const { evaluationId } = request.params
  const answer = await askAsViewer(context, viewer, OwnFollowUpDocument, { evaluationId })
  const words = meWording[languageOf(request)]
  if (answer?.evaluation && answer.followUpForm) {
    return { viewer, evaluation: answer.evaluation, form: answer.followUpForm }
  }
  const said = answer
    ? { status: 404, title: words.notFound, remedy: words.notFoundRemedy }
    : { status: 503, title: words.unavailable, remedy: words.unavailableRemedy }
  await refuseMe(request, reply, context, said)
  return null
}

async function append(
  request: AppendRequest,
  reply: FastifyReply,
  context: PagesContext,
  { viewer, evaluation }: FollowUp,
  draft: RatingDraft,
): Promise<SubmissionAnswer | null> {
  const language = languageOf(request)
  const missing = missingLevel(draft, language)
  if (missing) return missing
  const answer = await askAsViewer(context, viewer, AppendRatingDocument, {
    input: {
      ...contentInput(draft),
      receiptNumber: null,
      evaluationId: evaluation.id,
      isAboutRectification: wasToldOfRectification(evaluation),
    },
  })
  const words = meWording[language]
  const result = answer?.appendEvaluation
  if (result && result.__typename !== 'EvaluationNotFound') return submissionAnswer(result, language)
  const said = result
    ? { status: 404, title: words.notFound, remedy: words.notFoundRemedy }
    : { status: 503, title: words.unavailable, remedy: words.unavailableRemedy }
  await refuseMe(request, reply, context, said)
  return null
}

function showForm(
  request: AppendRequest,
  reply: FastifyReply,
  context: PagesContext,
  { evaluation, form }: FollowUp,
  draft: RatingDraft,
  correction: Correction | null,
) {
  const frame = openMePage(request, reply, context)
  return reply.code(correction?.status ?? 200).send(
    context.pages.rendering.renderAppendPage({
      frame,
      evaluation,
      // Pictures are uploaded under a code or a receipt number; whoever is signed in has neither at hand here.
      form: { ...form, pictureLimit: 0 },
      isAboutRectification: wasToldOfRectification(evaluation),
      draft,
      problem: correction?.problem ?? null,
      isMoreOpen: correction?.part === 'more',
    }),
  )
}

function sayNotNow(request: FastifyRequest, reply: FastifyReply, context: PagesContext, message: string, status = 409) {
  const words = meWording[languageOf(request)]
  const said = { status, title: words.notAppendable, message, remedy: words.notAppendableRemedy }
  return refuseMe(request, reply, context, said)
}
