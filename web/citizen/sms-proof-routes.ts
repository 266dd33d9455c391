import type { FastifyInstance } from 'fastify'
import { ProveSmsRatingDocument } from '../kit/generated/operations.ts'
import { readPostedForm } from '../serving/form-body.ts'
import { addCookies, languageOf, openPage } from '../serving/page-answer.ts'
import { askAnonymously, isSecure, type PagesContext } from '../serving/pages-context.ts'
import { rememberReceipt } from './receipt-cookie.ts'
import { type CodeRequest, unavailable } from './show-refusal.ts'
import { said } from './submission-answer.ts'

/** SMS links have half the length of a signed code. */
export const smsTokenPattern = /^[A-Za-z0-9_-]{16}$/

/** The receipt behind an SMS link that was used (短信链接查看评价), for whoever proves himself. */
export function smsProofRoutes(server: FastifyInstance, context: PagesContext): void {
  server.get('/r/:token/proof', (request: CodeRequest, reply) => reply.redirect(`/r/${request.params.token}`, 303))
  server.post('/r/:token/proof', async (request: CodeRequest, reply) => {
    const { token } = request.params
    const typed = ((await readPostedForm(request)).get('phoneLastFour') ?? '').trim().slice(0, 4)
    const answer = await askAnonymously(context, ProveSmsRatingDocument, { input: { token, phoneLastFour: typed } })
    if (!answer) return unavailable(request, reply, context)
    const result = answer.proveSmsRating
    if (result.__typename === 'ProveSmsRatingSuccess') {
      const receipt = { receiptNumber: result.receiptNumber, token, isJustSubmitted: false }
      addCookies(reply, rememberReceipt(receipt, isSecure(context)))
      return reply.header('cache-control', 'no-store').redirect('/receipt', 303)
    }
    const { status, message, remedy } = said(result, languageOf(request))
    const frame = openPage(request, reply, context.pages, 'citizen', isSecure(context))
    reply.header('cache-control', 'no-store').code(status)
    const problem = { message, details: [], remedy }
    return reply.send(context.pages.rendering.renderSmsProofPage({ frame, token, typed, problem }))
  })
}
