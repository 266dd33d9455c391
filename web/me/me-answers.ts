import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { PlatformCodeDocument } from '../kit/generated/operations.ts'
import { readCookie, setCookie } from '../serving/cookies.ts'
import type { PageFrame } from '../serving/page.tsx'
import { addCookies, languageOf, openPage } from '../serving/page-answer.ts'
import { askAnonymously, isSecure, type PagesContext, sessionCookie } from '../serving/pages-context.ts'
import { meWording } from './wording.ts'

/** Opens a page of 我的评价; nothing of it may stay on a shared device. */
export function openMePage(request: FastifyRequest, reply: FastifyReply, context: PagesContext): PageFrame {
  const frame = openPage(request, reply, context.pages, 'me', isSecure(context))
  reply.header('cache-control', 'no-store')
  return frame
}

/** A page that says why it cannot go on, and the way back. */
export function refuseMe(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  said: { status: number; title: string; message?: string; remedy: string; way?: string },
) {
  const frame = openMePage(request, reply, context)
  const words = meWording[frame.language]
  const { status, title, message = '', remedy, way = words.backToList } = said
  const ways = [{ address: '/me', words: way }]
  return reply
    .code(status)
    .send(context.pages.rendering.renderRefusalPage({ frame, path: '/me', title, message, remedy, ways }))
}

/**
 * Who is signed in (当前用户). Null has been answered already: to whoever is not, with the entrance; and while nobody can be identified, with that.
 */
export async function signedIn(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
): Promise<Viewer | null> {
  const token = readCookie(request.headers.cookie, sessionCookie)
  const viewer = token ? await context.sessionOf(token).catch(() => null) : anonymousViewer
  const words = meWording[languageOf(request)]
  if (!viewer) {
    await refuseMe(request, reply, context, { status: 503, title: words.unavailable, remedy: words.unavailableRemedy })
    return null
  }
  if (viewer.kind === 'CITIZEN') return viewer
  if (token) addCookies(reply, [endedSession(context)])
  await showEntrance(request, reply, context, token ? words.sessionOver : null, token ? 401 : 200)
  return null
}

/** What 我的评价 is, to whoever has not signed in. */
export async function showEntrance(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  notice: string | null,
  status = 200,
) {
  const platformAddress = await platformRatingAddress(context)
  const frame = openMePage(request, reply, context)
  const { signIn, pages } = context
  const isDemo = signIn?.demo != null
  return reply
    .code(status)
    .send(pages.rendering.renderEntrancePage({ frame, isSetUp: signIn !== null, isDemo, notice, platformAddress }))
}

/** Address under which this platform itself is rated (评价本平台); null while it has no code, or none can be asked for. */
export async function platformRatingAddress(context: PagesContext): Promise<string | null> {
  const answer = await askAnonymously(context, PlatformCodeDocument, {})
  return answer?.platformRatingCode?.url ?? null
}

/** Keeps a session in this browser until it ends. */
export function keptSession(context: PagesContext, token: string, seconds: number): string {
  return setCookie(sessionCookie, token, {
    path: '/',
    maxAgeSeconds: seconds,
    isSecure: isSecure(context),
    isHttpOnly: true,
  })
}

export function endedSession(context: PagesContext): string {
  return keptSession(context, '', 0)
}
