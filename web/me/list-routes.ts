import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, errorCatalogue } from '../../subgraphs/shared/error-catalogue.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import {
  ActForDocument,
  MeDocument,
  OwnCasesDocument,
  type OwnCasesQuery,
  RateOwnCaseDocument,
} from '../kit/generated/operations.ts'
import { messageIn, remedyIn } from '../kit/language.ts'
import { postedForm } from '../serving/form-body.ts'
import { languageOf } from '../serving/page-answer.ts'
import { askAsViewer, type PagesContext } from '../serving/pages-context.ts'
import { openMePage, platformRatingAddress, refuseMe, signedIn } from './me-answers.ts'
import { type CaseFilter, caseFilters, foundCases, type OwnCase, shownCases } from './own-case.ts'
import { type MeWording, meWording } from './wording.ts'

/** Pages of the graph that are read for one person: his reach ends at 200 cases. */
const mostGraphPages = 2

type ListRequest = FastifyRequest<{ Querystring: { show?: string; page?: string; done?: string } }>

/** A person's own cases (本人办件): the list, the way to a rating, and for whom he acts. */
export function listRoutes(server: FastifyInstance, context: PagesContext): void {
  server.get('/me', async (request: ListRequest, reply) => {
    const viewer = await signedIn(request, reply, context)
    return viewer ? showList(request, reply, context, viewer, null) : reply
  })

  // A case number is looked for by a posted form: addresses are kept by browsers and logs.
  server.post('/me', async (request: ListRequest, reply) => {
    const viewer = await signedIn(request, reply, context)
    const typed = (postedForm(request.body).get('search') ?? '').trim().slice(0, 60)
    return viewer ? showList(request, reply, context, viewer, typed || null) : reply
  })

  server.post('/me/rate', async (request, reply) => {
    const viewer = await signedIn(request, reply, context)
    if (!viewer) return reply
    const caseNumber = (postedForm(request.body).get('caseNumber') ?? '').slice(0, 60)
    const kind = isPhone(request.headers['user-agent']) ? 'MOBILE' : 'PORTAL'
    const input = { caseNumber, kind, serviceNumber: 1, terminalNumber: null } as const
    const result = (await askAsViewer(context, viewer, RateOwnCaseDocument, { input }))?.issueRatingCode
    const language = languageOf(request)
    const words = meWording[language]
    if (!result) {
      const said = { status: 503, title: words.unavailable, remedy: words.unavailableRemedy }
      return refuseMe(request, reply, context, said)
    }
    if (result.__typename === 'IssueRatingCodeSuccess') {
      return reply.header('cache-control', 'no-store').redirect(`/r/${result.ratingCode.token}`, 303)
    }
    return refuseMe(request, reply, context, {
      status: errorCatalogue[result.code as ErrorCode]?.httpStatus ?? 409,
      title: words.notRateable,
      message: messageIn(language, result),
      remedy: remedyIn(language, result.remedy),
    })
  })

  server.post('/me/act-for', async (request, reply) => {
    const viewer = await signedIn(request, reply, context)
    if (!viewer) return reply
    const mandateId = postedForm(request.body).get('mandateId') || null
    const result = (await askAsViewer(context, viewer, ActForDocument, { input: { mandateId } }))?.actFor
    const isRefused = result?.__typename !== 'ActForSuccess'
    return reply.header('cache-control', 'no-store').redirect(isRefused ? '/me?done=not-acting' : '/me', 303)
  })
}

async function showList(
  request: ListRequest,
  reply: FastifyReply,
  context: PagesContext,
  viewer: Viewer,
  typed: string | null,
) {
  const [me, own, platformAddress] = await Promise.all([
    askAsViewer(context, viewer, MeDocument, {}),
    ownCases(context, viewer),
    platformRatingAddress(context),
  ])
  const frame = openMePage(request, reply, context)
  const words = meWording[frame.language]
  if (!me?.viewer) {
    return refuseMe(request, reply, context, {
      status: 503,
      title: words.unavailable,
      remedy: words.unavailableRemedy,
    })
  }
  const { show, page, done } = request.query
  const filter = caseFilters.find(one => one === show) ?? 'all'
  const shown = own && (typed === null ? shownCases(own, filter, Number(page) || 1) : foundAsPage(own, typed))
  return reply.code(shown ? 200 : 503).send(
    context.pages.rendering.renderListPage({
      frame,
      viewer: me.viewer,
      shown,
      counts: countsOf(own ?? []),
      filter,
      typed,
      notice: noticeOf(done, words),
      platformAddress,
    }),
  )
}

const foundAsPage = (own: OwnCase[], typed: string) => ({ ...foundCases(own, typed), page: 1, pages: 1 })

function countsOf(own: OwnCase[]): Record<CaseFilter, number> {
  const count = (filter: CaseFilter) => shownCases(own, filter, 1).count
  return { all: count('all'), unrated: count('unrated'), rated: count('rated') }
}

function noticeOf(done: string | undefined, words: MeWording): string | null {
  if (done === 'appended') return words.appended
  return done === 'not-acting' ? words.actForRefused : null
}

/** All cases in a person's reach, latest first; null when they cannot be read now. */
async function ownCases(context: PagesContext, viewer: Viewer): Promise<OwnCase[] | null> {
  const own: OwnCase[] = []
  let after: string | null = null
  for (let page = 0; page < mostGraphPages; page += 1) {
    const answer: OwnCasesQuery | null = await askAsViewer(context, viewer, OwnCasesDocument, { after })
    if (!answer) return null
    own.push(...answer.serviceCases.edges.map(({ node }) => node))
    after = answer.serviceCases.pageInfo.endCursor
    if (!answer.serviceCases.pageInfo.hasNextPage) break
  }
  return own
}

const isPhone = (userAgent: string | undefined) => /Mobi|Android|HarmonyOS|MicroMessenger/i.test(userAgent ?? '')
