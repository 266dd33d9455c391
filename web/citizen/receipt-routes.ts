import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ReceiptDocument } from '../kit/generated/operations.ts'
import { readPostedForm } from '../serving/form-body.ts'
import { addCookies, languageOf, openPage } from '../serving/page-answer.ts'
import { askAsHolder, isSecure, type PagesContext } from '../serving/pages-context.ts'
import { forgetReceipt, type RememberedReceipt, rememberedReceipt, rememberReceipt } from './receipt-cookie.ts'
import type { ReceiptEntryPageProps } from './receipt-entry-page.tsx'
import type { ReceiptPageProps } from './receipt-page.tsx'
import { citizenWording } from './wording.ts'

/**
 * The receipt (回执). Its number is a secret (decision 19): it comes in a form body or the rater's own cookie, never in an address.
 */
export function receiptRoutes(server: FastifyInstance, context: PagesContext): void {
  server.get('/receipt', async (request, reply) => {
    const remembered = rememberedReceipt(request.headers.cookie)
    if (remembered) return answerWithReceipt(request, reply, context, remembered, '/receipt')
    return askForNumber(request, reply, context, { status: 200, typed: '', problem: null, notice: null })
  })

  server.post('/receipt', async (request, reply) => {
    const words = citizenWording[languageOf(request)]
    const typed = ((await readPostedForm(request)).get('receiptNumber') ?? '').trim().slice(0, 60)
    const answer = await askAsHolder(context, ReceiptDocument, typed)
    if (!answer) {
      const problem = { message: words.receiptUnavailable, details: [], remedy: words.receiptUnavailableRemedy }
      return askForNumber(request, reply, context, { status: 503, typed, problem, notice: null })
    }
    const receipt = { receiptNumber: asPrinted(typed), token: null, isJustSubmitted: false }
    const cookies = answer.evaluation ? rememberReceipt(receipt, isSecure(context)) : []
    if (cookies.length === 0) return unknownNumber(request, reply, context, typed)
    addCookies(reply, cookies)
    return reply.header('cache-control', 'no-store').redirect('/receipt', 303)
  })

  server.post('/receipt/forget', async (request, reply) => {
    addCookies(reply, forgetReceipt((await readPostedForm(request)).get('token'), isSecure(context)))
    const notice = citizenWording[languageOf(request)].forgotten
    return askForNumber(request, reply, context, { status: 200, typed: '', problem: null, notice })
  })
}

/** Shows a receipt that this phone remembers. */
export async function answerWithReceipt(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  remembered: RememberedReceipt,
  path: string,
) {
  const { receiptNumber, token } = remembered
  const answer = await askAsHolder(context, ReceiptDocument, receiptNumber)
  if (answer && !answer.evaluation) {
    addCookies(reply, forgetReceipt(token, isSecure(context)))
    return askForNumber(request, reply, context, { status: 200, typed: '', problem: null, notice: null })
  }
  return showReceipt(request, reply, context, {
    path,
    receiptNumber,
    evaluation: answer?.evaluation ?? null,
    followUp: answer?.followUpForm ?? null,
    isJustSubmitted: remembered.isJustSubmitted,
    token,
  })
}

/** The page of a receipt, with a form of it that came back to be corrected. */
export function showReceipt(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  shown: Omit<ReceiptPageProps, 'frame' | 'followAddress'>,
) {
  const frame = openPage(request, reply, context.pages, 'citizen', isSecure(context))
  reply.header('cache-control', 'no-store')
  const followAddress = `${context.publicUrl}/receipt`
  return reply.send(context.pages.rendering.renderReceiptPage({ frame, followAddress, ...shown }))
}

/** Says that no rating has this number, and asks for it again. */
export function unknownNumber(request: FastifyRequest, reply: FastifyReply, context: PagesContext, typed: string) {
  const words = citizenWording[languageOf(request)]
  const problem = { message: words.notFound, details: [], remedy: words.notFoundRemedy }
  return askForNumber(request, reply, context, { status: 404, typed, problem, notice: null })
}

/** Asks for a receipt number. */
export async function askForNumber(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  { status, ...asked }: Omit<ReceiptEntryPageProps, 'frame'> & { status: number },
) {
  const pages = context.pages
  const frame = openPage(request, reply, pages, 'citizen', isSecure(context))
  reply.header('cache-control', 'no-store').code(status)
  return reply.send(pages.rendering.renderReceiptEntryPage({ frame, ...asked }))
}

/** A typed number as it was printed: capitals in groups of four; O and I, L, which none contains, are read as 0 and 1. */
function asPrinted(typed: string): string {
  const characters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')
  return characters.match(/.{1,4}/g)?.join('-') ?? ''
}
