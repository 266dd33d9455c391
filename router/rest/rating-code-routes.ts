import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Door } from '../door.ts'
import { type Authenticate, callerOf } from './caller.ts'
import { oneOf, wholeNumber } from './parameter.ts'
import { problemOf, problemOfErrors, RestRefusal } from './problem.ts'

const facts = 'url token kind issuedAt expiresAt nextCodeAt'

/** What is asked of the graph for each form of a code; pictures are made only where they are wanted. */
const selections = {
  json: facts,
  svg: 'svg',
  png: 'png(scale: $scale)',
} as const

type Form = keyof typeof selections

const forms = Object.keys(selections) as Form[]

const documentFor = (form: Form) => `mutation RatingCodeAs${form.toUpperCase()}($input: IssueRatingCodeInput!${
  form === 'png' ? ', $scale: Int!' : ''
}) {
  issueRatingCode(input: $input) {
    __typename
    ... on IssueRatingCodeSuccess { ratingCode { ${selections[form]} } }
    ... on UserError { code message messageEnglish remedy }
  }
}`

const documents = Object.fromEntries(forms.map(form => [form, documentFor(form)])) as Record<Form, string>

type Answer =
  | { __typename: 'IssueRatingCodeSuccess'; ratingCode: Record<string, string | null> }
  | { __typename: string; code: string; message: string; messageEnglish: string; remedy: string }

type Parameters = { Params: { caseNumber: string }; Querystring: Record<string, unknown> }

/** The rating code of a case as a picture or as JSON (评价码), for window systems that do not speak GraphQL. */
export function ratingCodeRoutes(
  app: FastifyInstance,
  parts: { execute: Door['execute']; authenticate: Authenticate },
) {
  async function issue(request: FastifyRequest<Parameters>, form: Form): Promise<Record<string, string | null>> {
    const viewer = await callerOf(request, parts.authenticate)
    const { query } = request
    const input = {
      caseNumber: request.params.caseNumber,
      kind: oneOf(query, 'kind', ['SCREEN', 'RECEIPT', 'TERMINAL'], 'SCREEN'),
      ...(typeof query.terminalNumber === 'string' && { terminalNumber: query.terminalNumber }),
      serviceNumber: wholeNumber(query, 'serviceNumber', { least: 1, most: 99, otherwise: 1 }),
    }
    const scale = wholeNumber(query, 'scale', { least: 1, most: 20, otherwise: 8 })
    const variables = form === 'png' ? { input, scale } : { input }
    const { data, errors } = await parts.execute({ text: documents[form], variables, viewer })
    const answer = data?.issueRatingCode as Answer | null | undefined
    if (errors?.length || !answer) throw new RestRefusal(problemOfErrors(errors ?? []))
    if ('ratingCode' in answer) return answer.ratingCode
    throw new RestRefusal(problemOf(answer))
  }

  const answer = (form: Form, send: (reply: FastifyReply, code: Record<string, string | null>) => FastifyReply) =>
    app.get<Parameters>(`/v1/cases/:caseNumber/code.${form}`, { exposeHeadRoute: false }, async (request, reply) =>
      send(reply.header('cache-control', 'no-store'), await issue(request, form)),
    )

  answer('json', (reply, code) => reply.send(code))
  answer('svg', (reply, { svg }) => reply.type('image/svg+xml; charset=utf-8').send(svg))
  answer('png', (reply, { png }) => reply.type('image/png').send(Buffer.from(png ?? '', 'base64')))
}
