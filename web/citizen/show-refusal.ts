import type { FastifyReply, FastifyRequest } from 'fastify'
import { errorCatalogue } from '../../subgraphs/shared/error-catalogue.ts'
import type { RatingFormState } from '../kit/generated/operations.ts'
import { languageOf, openPage } from '../serving/page-answer.ts'
import { isSecure, type PagesContext } from '../serving/pages-context.ts'
import { citizenWording } from './wording.ts'

export type CodeRequest = FastifyRequest<{ Params: { token: string } }>

/** Status of the page for each state of a code; the words on it say the same. */
const stateStatus = { ALREADY_EVALUATED: 409, EXPIRED: 410, INVALID: 404, NOT_RATEABLE: 409 }

/** What the catalogue says of each state when there is nothing more to say than its title. */
const plainMessages: string[] = (['CODE_EXPIRED', 'CODE_INVALID', 'ALREADY_EVALUATED'] as const).flatMap(code => [
  errorCatalogue[code].message,
  errorCatalogue[code].messageEnglish,
])

type Refused = { state: Exclude<RatingFormState, 'OPEN'>; message: string; remedy?: string; status?: number }

/** Says why a code does not open, and where to go from here: a code that is void, merged, retired or too late explains itself. */
export function refuse(request: CodeRequest, reply: FastifyReply, context: PagesContext, refused: Refused) {
  const words = citizenWording[languageOf(request)]
  const { state, message } = refused
  const isPlain = plainMessages.includes(message)
  // The graph knows more than the state: that the code is retired, into which case this one went, until when it could be rated.
  const isReasoned = !isPlain && message !== ''
  const follow = { address: '/receipt', words: words.followTitle }
  const signIn = { address: '/me', words: words.myRatings }
  return showRefusal(request, reply, context, refused.status ?? stateStatus[state], {
    title: isReasoned && state !== 'NOT_RATEABLE' ? message : words.stateTitle[state],
    message: isReasoned && state === 'NOT_RATEABLE' ? message : '',
    remedy:
      refused.remedy && isReasoned
        ? refused.remedy
        : isReasoned && state !== 'NOT_RATEABLE'
          ? words.otherWays
          : words.stateRemedy[state],
    ways: state === 'ALREADY_EVALUATED' ? [follow, signIn] : [signIn],
  })
}

export function unavailable(request: CodeRequest, reply: FastifyReply, context: PagesContext) {
  const words = citizenWording[languageOf(request)]
  const refusal = { title: words.unavailable, message: '', remedy: words.unavailableRemedy, ways: [] }
  return showRefusal(request, reply, context, 503, refusal)
}

/** A page that says why it cannot go on, at the address of a code. */
export function showRefusal(
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
