import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { DemoSignIn } from '../serving/citizen-sign-in.ts'
import { postedForm } from '../serving/form-body.ts'
import { languageOf } from '../serving/page-answer.ts'
import type { PagesContext } from '../serving/pages-context.ts'
import { openMePage, refuseMe } from './me-answers.ts'
import { meWording } from './wording.ts'

type SignInRequest = FastifyRequest<{ Params: { uid: string } }>

/** The one page of the demo's identity provider that people see (演示身份认证): who they are today. The rest is the provider's own. */
export function demoSignInRoutes(server: FastifyInstance, context: PagesContext): void {
  const demo = context.signIn?.demo
  if (!demo) return

  server.get('/demo-identity/sign-in/:uid', async (request: SignInRequest, reply) => {
    if (!(await demo.isSigningIn(request.raw, reply.raw))) return sayOver(request, reply, context)
    return showPeople(request, reply, context, demo, { chosen: '', isWrong: false })
  })

  server.post('/demo-identity/sign-in/:uid', async (request: SignInRequest, reply) => {
    const form = postedForm(request.body)
    const choice = { subject: form.get('subject') ?? '', password: form.get('password') ?? '' }
    const answer = await demo.signIn(request.raw, reply.raw, form.has('cancel') ? null : choice)
    if (answer === 'OVER') return sayOver(request, reply, context)
    if (answer === 'WRONG') return showPeople(request, reply, context, demo, { chosen: choice.subject, isWrong: true })
    return reply.header('cache-control', 'no-store').redirect(answer.goTo, 303)
  })
}

async function showPeople(
  request: SignInRequest,
  reply: FastifyReply,
  context: PagesContext,
  { people }: DemoSignIn,
  { chosen, isWrong }: { chosen: string; isWrong: boolean },
) {
  const frame = openMePage(request, reply, context)
  const words = meWording[frame.language]
  const problem = isWrong ? { message: words.demoWrong, details: [], remedy: words.demoWrongRemedy } : null
  const path = `/demo-identity/sign-in/${encodeURIComponent(request.params.uid)}`
  return reply
    .code(isWrong ? 401 : 200)
    .send(context.pages.rendering.renderDemoSignInPage({ frame, path, people, chosen, problem }))
}

function sayOver(request: FastifyRequest, reply: FastifyReply, context: PagesContext) {
  const words = meWording[languageOf(request)]
  const said = { status: 400, ...words.signInFaults.STALE, way: words.signInAgain }
  return refuseMe(request, reply, context, said)
}
