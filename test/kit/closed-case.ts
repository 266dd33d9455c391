import { ask, signIn } from './ask.ts'
import { demoPassword } from './hub-process.ts'

type Hub = { url: string; key(name: 'window-system'): Promise<string> }

/** Where the demo's window stands, who serves there and for what: the facts that a window system knows. */
export type WindowFacts = {
  regionCode: string
  hall: string
  windowNumber: string
  staffNumber: string
  serviceCode: string
}

export async function windowFacts(hub: Hub): Promise<WindowFacts> {
  const token = await signIn(hub, 'window', demoPassword)
  const { viewer, serviceCases } = await ask<{
    viewer: { hall: { name: string }; window: { number: string }; staffMember: { staffNumber: string } }
    serviceCases: { edges: { node: { matter: { serviceCode: string }; region: { code: string } } }[] }
  }>(
    hub,
    `{
      viewer { hall { name } window { number } staffMember { staffNumber } }
      serviceCases(first: 1) { edges { node { matter { serviceCode } region { code } } } }
    }`,
    {},
    token,
  )
  const { matter, region } = serviceCases.edges[0]!.node
  return {
    regionCode: region.code,
    hall: viewer.hall.name,
    windowNumber: viewer.window.number,
    staffNumber: viewer.staffMember.staffNumber,
    serviceCode: matter.serviceCode,
  }
}

let serial = 0

/** A case number that no other test uses. */
export function newCaseNumber(): string {
  serial += 1
  return `T${process.pid}${Date.now()}${serial}`.slice(0, 24)
}

/** Reports closed cases as the window system does; answers their numbers. */
export async function reportClosedCases(hub: Hub, facts: WindowFacts, count = 1): Promise<string[]> {
  const closedAt = new Date(Date.now() - 60_000)
  const acceptedAt = new Date(closedAt.getTime() - 600_000)
  const cases = Array.from({ length: count }, () => ({
    ...facts,
    caseNumber: newCaseNumber(),
    state: '3',
    applicantName: '测试申请人',
    contactPhone: '19900001234',
    acceptedAt: acceptedAt.toISOString(),
    closedAt: closedAt.toISOString(),
  }))
  const { reportCases } = await ask<{ reportCases: { acceptedCount: number; results: unknown[] } }>(
    hub,
    `mutation Report($input: ReportCasesInput!) {
      reportCases(input: $input) {
        ... on ReportCasesSuccess { acceptedCount results { outcome problems { path code message } } }
        ... on UserError { code message }
      }
    }`,
    { input: { cases } },
    await hub.key('window-system'),
  )
  if (reportCases.acceptedCount !== count) throw new Error(`cases were not taken: ${JSON.stringify(reportCases)}`)
  return cases.map(({ caseNumber }) => caseNumber)
}

/** Asks for the screen code of a case; answers the token of its address. */
export async function issueToken(hub: Hub, caseNumber: string): Promise<string> {
  const { issueRatingCode } = await ask<{ issueRatingCode: { ratingCode?: { token: string }; message?: string } }>(
    hub,
    `mutation Issue($input: IssueRatingCodeInput!) {
      issueRatingCode(input: $input) { ... on IssueRatingCodeSuccess { ratingCode { token } } ... on UserError { message } }
    }`,
    { input: { caseNumber } },
    await hub.key('window-system'),
  )
  if (!issueRatingCode.ratingCode) throw new Error(`no code for ${caseNumber}: ${issueRatingCode.message}`)
  return issueRatingCode.ratingCode.token
}

export const submitMutation = `mutation Submit($input: SubmitEvaluationInput!) {
  submitEvaluation(input: $input) {
    __typename
    ... on SubmitEvaluationSuccess { isNew receiptNumber evaluation { id score } }
    ... on UserError { code message messageEnglish remedy }
  }
}`

export type Submitted = {
  __typename: string
  isNew?: boolean
  receiptNumber?: string
  evaluation?: { id: string; score: number }
  code?: string
}

/** A citizen's bad rating with a reason. */
export async function submitNegative(hub: Hub, token: string): Promise<Submitted> {
  const { submitEvaluation } = await ask<{ submitEvaluation: Submitted }>(hub, submitMutation, {
    input: { token, level: 'VERY_DISSATISFIED', items: ['115'] },
  })
  return submitEvaluation
}
