import { type DocumentNode, parse } from 'graphql'
import type { Placement } from '../../shared/events/event.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { type Scope, systemViewer } from '../../shared/viewer.ts'
import type { KnownCase } from '../store/known-case.ts'

const facts = `
  fragment Facts on RateableCase {
    caseId caseNumber dataVersion isValid state acceptedAt closedAt reportedAt cityCode regionPath policyId matterId matterName
    departmentId departmentName lineId hallId hallName windowId windowNumber staffMemberId staffNumber staffName
    outcome mergedInto promisedAt legalLimitAt hasFees involvesIntermediary isProbe phoneLastFourHash
  }`
const byNumber = parse(`
  query RateableCase($caseNumber: String!) { rateableCase(caseNumber: $caseNumber) { ...Facts } } ${facts}`)
const byContact = parse(`
  query CasesOfContact($phone: String!, $since: DateTime!, $regionPath: String!, $hallId: ID, $staffMemberId: ID) {
    casesOfContact(phone: $phone, since: $since, regionPath: $regionPath, hallId: $hallId, staffMemberId: $staffMemberId) { ...Facts }
  } ${facts}`)
const byDocument = parse(`
  query CasesOfDocument($documentNumber: String!, $since: DateTime!, $scope: String!) {
    casesOfDocument(documentNumber: $documentNumber, since: $since, scope: $scope) { ...Facts }
  } ${facts}`)

type Instants = 'acceptedAt' | 'closedAt' | 'promisedAt' | 'legalLimitAt'

type Answer = Omit<KnownCase, 'placement' | 'reportedAt' | Instants> &
  KnownCase['placement'] & { reportedAt: string } & Record<Instants, string | null>

/** Where somebody looks for his cases: below a region, perhaps in one hall or with one member of staff. */
export type ContactPlace = Pick<Placement, 'regionPath' | 'hallId' | 'staffMemberId'>

/**
 * Asks the cases subgraph what it knows of a case; null when it knows none. Only where what events brought is not enough:
 * a code is asked for within the second in which the case was reported, or a proof is needed.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function askCases(cases: Subgraph, caseNumber: string): Promise<KnownCase | null> {
  const { rateableCase } = await ask(cases, byNumber, { caseNumber })
  return rateableCase ? knownCase(rateableCase as Answer) : null
}

/**
 * Asks for the closed cases of a phone (办件查询) at a place since an instant, the latest first, at most 20.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function askCasesOfContact(
  cases: Subgraph,
  phone: string,
  since: Date,
  place: ContactPlace,
): Promise<KnownCase[]> {
  const { casesOfContact } = await ask(cases, byContact, { phone, since: since.toISOString(), ...place })
  return (casesOfContact as Answer[]).map(knownCase)
}

/**
 * Asks for the valid closed cases of a document number (热线查办件) within a scope since an instant, the latest first, at most 50.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function askCasesOfDocument(
  cases: Subgraph,
  documentNumber: string,
  since: Date,
  scope: Scope,
): Promise<KnownCase[]> {
  const variables = { documentNumber, since: since.toISOString(), scope: JSON.stringify(scope) }
  const { casesOfDocument } = await ask(cases, byDocument, variables)
  return (casesOfDocument as Answer[]).map(knownCase)
}

async function ask(cases: Subgraph, document: DocumentNode, variables: Record<string, unknown>) {
  const { data, errors } = await cases.execute({ document, variables, viewer: systemViewer('rating-code') })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return data
}

function knownCase(answer: Answer): KnownCase {
  const { regionPath, departmentId, lineId, hallId, windowId, staffMemberId, ...facts } = answer
  return {
    ...facts,
    acceptedAt: instant(facts.acceptedAt),
    closedAt: instant(facts.closedAt),
    reportedAt: new Date(facts.reportedAt),
    promisedAt: instant(facts.promisedAt),
    legalLimitAt: instant(facts.legalLimitAt),
    placement: { regionPath, departmentId, lineId, hallId, windowId, staffMemberId },
  }
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
