import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { SignOutDocument } from '../kit/generated/operations.ts'
import type { CitizenSignIn } from '../serving/citizen-sign-in.ts'
import { addCookies, languageOf } from '../serving/page-answer.ts'
import { askAsViewer, isSecure, type PagesContext, viewerOf } from '../serving/pages-context.ts'
import { openSignInDesk, type SignInDesk, type SignInFault } from './identity-provider.ts'
import { endedSession, keptSession, openMePage, refuseMe, showEntrance } from './me-answers.ts'
import { forgetPending, keepPending, readPending } from './pending-sign-in.ts'
import { meWording } from './wording.ts'

const faultStatus: Record<SignInFault | 'NO_SESSION', number> = {
  UNAVAILABLE: 503,
  DENIED: 403,
  STALE: 400,
  NAMELESS: 403,
  NO_SESSION: 503,
}

/** Signing in at the identity provider (实名登录) and out again. */
export function signInRoutes(server: FastifyInstance, context: PagesContext): void {
  const { signIn } = context
  if (signIn) withProvider(server, context, signIn)
  else {
    server.get('/me/sign-in', (request, reply) => showEntrance(request, reply, context, null))
    server.post('/me/sign-in', (request, reply) => showEntrance(request, reply, context, null, 503))
  }

  server.post('/me/sign-out', async (request, reply) => {
    const viewer = await viewerOf(context, request.headers.cookie)
    if (viewer.kind === 'CITIZEN') await askAsViewer(context, viewer, SignOutDocument, {})
    addCookies(reply, [endedSession(context)])
    return showEntrance(request, reply, context, meWording[languageOf(request)].signedOut)
  })
}

function withProvider(server: FastifyInstance, context: PagesContext, signIn: CitizenSignIn): void {
  const desk = openSignInDesk(signIn.provider, context.publicUrl)

  server.get('/me/sign-in', async (_request, reply) => reply.redirect('/me', 303))

  server.post('/me/sign-in', async (request, reply) => {
    const begun = await desk.begin()
    if (begun === 'UNAVAILABLE') return sayFault(request, reply, context, begun)
    const frame = openMePage(request, reply, context)
    addCookies(reply, [keepPending(signIn, begun.pending, Date.now(), isSecure(context))])
    // Not a redirect: browsers hold every redirect of a posted form against `form-action`, those that the provider makes on its own ways included.
    reply.header('refresh', `0;url=${begun.address}`)
    return reply.send(context.pages.rendering.renderLeavingPage({ frame, address: begun.address }))
  })

  server.get('/me/callback', async (request, reply) => {
    const session = await openSession(request, context, signIn, desk)
    addCookies(reply, [forgetPending(isSecure(context))])
    if (typeof session === 'string') return sayFault(request, reply, context, session)
    const seconds = Math.max(0, Math.floor((Date.parse(session.expiresAt) - Date.now()) / 1000))
    addCookies(reply, [keptSession(context, session.token, seconds)])
    return reply.header('cache-control', 'no-store').redirect('/me', 303)
  })
}

async function openSession(
  request: FastifyRequest,
  context: PagesContext,
  signIn: CitizenSignIn,
  desk: SignInDesk,
): Promise<{ token: string; expiresAt: string } | SignInFault | 'NO_SESSION'> {
  const pending = readPending(signIn, request.headers.cookie, Date.now())
  if (!pending) return 'STALE'
  const identity = await desk.finish(new URL(request.url, context.publicUrl), pending)
  if (typeof identity === 'string') return identity
  return (await signIn.openSession(identity).catch(() => null)) ?? 'NO_SESSION'
}

function sayFault(
  request: FastifyRequest,
  reply: FastifyReply,
  context: PagesContext,
  fault: SignInFault | 'NO_SESSION',
) {
  const words = meWording[languageOf(request)]
  const said = { status: faultStatus[fault], ...words.signInFaults[fault], way: words.signInAgain }
  return refuseMe(request, reply, context, said)
}
