import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Faces } from '../../subgraphs/evaluations/printing/faces.ts'
import type { Layout } from '../../subgraphs/evaluations/printing/layout.ts'
import { pdfOf } from '../../subgraphs/evaluations/printing/pdf-of.ts'
import { DPI, pngOf } from '../../subgraphs/evaluations/printing/png-of.ts'
import type { PrintedReceipt } from '../../subgraphs/evaluations/printing/printed-code.ts'
import { receiptSheet } from '../../subgraphs/evaluations/printing/receipt-sheet.ts'
import { svgOf } from '../../subgraphs/evaluations/printing/svg-of.ts'
import type { Door } from '../door.ts'
import { type Authenticate, callerOf } from './caller.ts'
import { wholeNumber } from './parameter.ts'
import { problemOf, problemOfErrors, RestRefusal, refuse } from './problem.ts'

const document = `mutation ReceiptToPrint($input: IssueRatingCodeInput!) {
  issueRatingCode(input: $input) {
    __typename
    ... on IssueRatingCodeSuccess { ratingCode { url expiresAt } }
    ... on UserError { code message messageEnglish remedy }
  }
}`

const caseDocument = `query CaseOfReceipt($caseNumber: String!) {
  serviceCase(caseNumber: $caseNumber) {
    caseNumber acceptedAt closedAt matter { name } department { name } hall { name } window { number } staffMember { staffNumber name }
  }
}`

type Issued =
  | { __typename: 'IssueRatingCodeSuccess'; ratingCode: { url: string; expiresAt: string } }
  | { __typename: string; code: string; message: string; messageEnglish: string; remedy: string }

type Case = {
  caseNumber: string
  acceptedAt: string | null
  closedAt: string | null
  matter: { name: string } | null
  department: { name: string } | null
  hall: { name: string } | null
  window: { number: string } | null
  staffMember: { staffNumber: string; name: string | null } | null
}

type OfCase = { Params: { caseNumber: string }; Querystring: Record<string, unknown> }

/** The receipt of a case with its rating code (办件回执), for the printer: a page, a picture, or a PDF. Nothing of the applicant is on it. */
export function caseReceiptRoutes(
  app: FastifyInstance,
  parts: { execute: Door['execute']; authenticate: Authenticate; faces: () => Faces },
) {
  const { execute, faces } = parts

  async function layoutFor(request: FastifyRequest<OfCase>): Promise<Layout> {
    const viewer = await callerOf(request, parts.authenticate)
    const { caseNumber } = request.params
    const input = {
      caseNumber,
      kind: 'RECEIPT',
      serviceNumber: wholeNumber(request.query, 'serviceNumber', { least: 1, most: 99, otherwise: 1 }),
    }
    const issued = await execute({ text: document, variables: { input }, viewer })
    const answer = issued.data?.issueRatingCode as Issued | null | undefined
    if (issued.errors?.length || !answer) throw new RestRefusal(problemOfErrors(issued.errors ?? []))
    if (!('ratingCode' in answer)) throw new RestRefusal(problemOf(answer))
    const { data, errors } = await execute({ text: caseDocument, variables: { caseNumber }, viewer })
    const found = data?.serviceCase as Case | null | undefined
    if (!found) throw errors?.length ? new RestRefusal(problemOfErrors(errors)) : refuse('CASE_UNKNOWN', { caseNumber })
    return receiptSheet(printed(found, answer.ratingCode), faces())
  }

  const answer = (
    form: 'pdf' | 'svg' | 'png' | 'html',
    send: (layout: Layout, request: FastifyRequest<OfCase>) => unknown,
  ) =>
    app.get<OfCase>(`/v1/cases/:caseNumber/receipt.${form}`, { exposeHeadRoute: false }, async (request, reply) => {
      const layout = await layoutFor(request)
      return reply
        .header('cache-control', 'no-store')
        .type(mediaTypes[form])
        .send(await send(layout, request))
    })

  answer('svg', layout => svgOf(layout, faces()))
  answer('png', (layout, { query }) =>
    pngOf(layout, faces(), wholeNumber(query, 'dpi', { least: DPI.least, most: DPI.most, otherwise: DPI.default })),
  )
  answer('pdf', layout => Readable.from(pdfOf([layout], faces(), { title: '办件回执', madeAt: new Date() })))
  answer('html', layout => page(svgOf(layout, faces())))
}

const mediaTypes = {
  pdf: 'application/pdf',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  html: 'text/html; charset=utf-8',
} as const

function printed(found: Case, code: { url: string; expiresAt: string }): PrintedReceipt {
  const { staffMember } = found
  return {
    url: code.url,
    matter: found.matter?.name ?? '',
    caseNumber: found.caseNumber,
    department: found.department?.name ?? '',
    hall: found.hall?.name ?? null,
    windowNumber: found.window?.number ?? null,
    staff: staffMember && { name: staffMember.name ?? '', number: staffMember.staffNumber },
    acceptedAt: found.acceptedAt === null ? null : new Date(found.acceptedAt),
    closedAt: found.closedAt === null ? null : new Date(found.closedAt),
    rateUntil: new Date(code.expiresAt),
  }
}

/** The sheet alone on a page of A5, for the browser's own printing. */
function page(svg: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>办件回执</title><style>@page{size:A5;margin:0}body{margin:0;background:#fff}svg{display:block;width:148mm;max-width:100%;height:auto;margin:0 auto}</style></head>
<body>${svg}</body></html>`
}
