import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import QRCode from 'qrcode'
import { hasLevel, readDraft } from '../citizen/rating-draft.ts'
import { submissionInput } from '../citizen/rating-input.ts'
import { missingLevel, submissionAnswer } from '../citizen/submission-answer.ts'
import { citizenWording } from '../citizen/wording.ts'
import { RatingFormDocument, type RatingFormQuery, SubmitRatingDocument } from '../kit/generated/operations.ts'
import { asLanguage, type Language, messageIn } from '../kit/language.ts'
import { readPostedForm } from '../serving/form-body.ts'
import type { PageFrame } from '../serving/page.tsx'
import { askAnonymously, type PagesContext } from '../serving/pages-context.ts'
import { openFramedPage } from './framed-page.ts'
import type { TerminalEndPageProps } from './terminal-end-page.tsx'

type TerminalRequest = FastifyRequest<{ Params: { token: string }; Querystring: { lang?: string } }>
type OpenForm = RatingFormQuery['ratingForm']

/** The page of a self-service terminal (自助终端评价). It sets no cookie and stores nothing; GET changes nothing. */
export function terminalRoutes(server: FastifyInstance, context: PagesContext): void {
  server.get('/terminal/:token', async (request: TerminalRequest, reply) => {
    const form = await formOf(request, context, null)
    if (form?.state !== 'OPEN') return showClosed(request, reply, context, form)
    const { rendering } = context.pages
    const shown = { ...opened(request, reply, context), form, level: '', items: [], problem: null }
    return reply.send(rendering.renderTerminalPage(shown))
  })

  server.post('/terminal/:token', async (request: TerminalRequest, reply) => {
    const { token } = request.params
    const language = languageAsked(request)
    const draft = readDraft(await readPostedForm(request))
    const missing = hasLevel(draft) ? null : missingLevel(draft, language)
    const input = { ...submissionInput(token, draft), text: null, pictures: [], contactPhone: null }
    const result = missing ? null : await askAnonymously(context, SubmitRatingDocument, { input })
    const answer = missing ?? (result && submissionAnswer(result.submitEvaluation, language))
    if (!answer) return showClosed(request, reply, context, null)
    const { rendering } = context.pages
    if (answer.kind === 'STORED') {
      const end = { ...answer, followAddress: `${context.publicUrl}/receipt` }
      return reply.send(rendering.renderTerminalEndPage({ ...opened(request, reply, context), end }))
    }
    reply.code(answer.status)
    if (answer.kind === 'REFUSED') return showEnd(request, reply, context, refusedEnd(answer, language))
    const form = await formOf(request, context, draft.formTicket || null)
    if (form?.state !== 'OPEN') return showClosed(request, reply, context, form)
    const { level, items } = draft
    const { problem } = answer
    return reply.send(rendering.renderTerminalPage({ ...opened(request, reply, context), form, level, items, problem }))
  })

  server.get('/terminal/:token/later', async (request: TerminalRequest, reply) => {
    const form = await formOf(request, context, null)
    // Whoever walked away long ago needs no paper, and the next person must not find it.
    if (form?.state !== 'OPEN' || !form.subject)
      return reply.redirect(`/terminal/${encodeURIComponent(request.params.token)}/done`, 303)
    const { token } = request.params
    const address = form.takeHomeUrl ?? `${context.publicUrl}/r/${token}`
    const qrSvg = await QRCode.toString(address, { type: 'svg', margin: 4, errorCorrectionLevel: 'M' })
    const { matterName } = form.subject
    const shown = { ...opened(request, reply, context), matterName, qrSvg, isLasting: form.takeHomeUrl !== null }
    return reply.send(context.pages.rendering.renderTakeHomePage(shown))
  })

  server.get('/terminal/:token/done', async (request: TerminalRequest, reply) => {
    reply.header('clear-site-data', '"cookies", "storage", "cache"')
    return showEnd(request, reply, context, { kind: 'CLEARED' })
  })
}

function showEnd(
  request: TerminalRequest,
  reply: FastifyReply,
  context: PagesContext,
  end: TerminalEndPageProps['end'],
) {
  return reply.send(context.pages.rendering.renderTerminalEndPage({ ...opened(request, reply, context), end }))
}

/** A form that does not open says why; without any answer the hub is down. */
function showClosed(request: TerminalRequest, reply: FastifyReply, context: PagesContext, form: OpenForm | null) {
  const language = languageAsked(request)
  const words = citizenWording[language]
  if (!form || form.state === 'OPEN') {
    reply.code(503)
    const end = { kind: 'REFUSED' as const, title: words.unavailable, message: '', remedy: words.terminalTryLater }
    return showEnd(request, reply, context, end)
  }
  reply.code(form.state === 'INVALID' ? 404 : form.state === 'EXPIRED' ? 410 : 409)
  const { state } = form
  return showEnd(request, reply, context, refusedEnd({ state, message: messageIn(language, form) }, language))
}

function refusedEnd(
  { state, message }: { state: Exclude<OpenForm['state'], 'OPEN'>; message: string },
  language: Language,
): TerminalEndPageProps['end'] {
  const words = citizenWording[language]
  const isReasoned = state === 'NOT_RATEABLE' && message !== ''
  const remedy = state === 'ALREADY_EVALUATED' ? words.stateRemedy.ALREADY_EVALUATED : words.otherWays
  return { kind: 'REFUSED', title: words.stateTitle[state], message: isReasoned ? message : '', remedy }
}

function opened(
  request: TerminalRequest,
  reply: FastifyReply,
  context: PagesContext,
): { frame: PageFrame; token: string } {
  const frame = openFramedPage(request, reply, context)
  return { frame: { ...frame, language: languageAsked(request) }, token: encodeURIComponent(request.params.token) }
}

/** The next person starts in Chinese again, so that the language is in the address and in no cookie. */
function languageAsked(request: TerminalRequest): Language {
  return asLanguage(request.query.lang) ?? 'zh'
}

/** Codes of other kinds are not for a terminal: they name a clerk, ask for a proof, or are somebody's own. */
async function formOf(
  request: TerminalRequest,
  context: PagesContext,
  formTicket: string | null,
): Promise<OpenForm | null> {
  const { token } = request.params
  const form = (await askAnonymously(context, RatingFormDocument, { token, formTicket }))?.ratingForm ?? null
  if (form?.state !== 'OPEN' || form.kind === 'TERMINAL') return form
  return { ...form, state: 'INVALID', message: '', messageEnglish: '' }
}
