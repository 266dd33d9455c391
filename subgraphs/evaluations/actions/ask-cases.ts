import { parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { systemViewer } from '../../shared/viewer.ts'
import type { KnownCase } from '../store/known-case.ts'

const document = parse(`
  query RateableCase($caseNumber: String!) {
    rateableCase(caseNumber: $caseNumber) {
      caseId caseNumber dataVersion isValid state acceptedAt closedAt reportedAt cityCode regionPath policyId matterId matterName
      departmentId departmentName lineId hallId hallName windowId windowNumber staffMemberId staffNumber staffName phoneLastFourHash
    }
  }`)

type Answer = Omit<KnownCase, 'placement' | 'acceptedAt' | 'closedAt' | 'reportedAt'> &
  KnownCase['placement'] & { acceptedAt: string | null; closedAt: string | null; reportedAt: string }

/**
 * Asks the cases subgraph what it knows of a case; null when it knows none. Only where what events brought is not enough:
 * a code is asked for within the second in which the case was reported, or a proof is needed.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function askCases(cases: Subgraph, caseNumber: string): Promise<KnownCase | null> {
  const { data, errors } = await cases.execute({
    document,
    variables: { caseNumber },
    viewer: systemViewer('rating-code'),
  })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  const answer = data.rateableCase as Answer | null
  if (!answer) return null
  const { regionPath, departmentId, lineId, hallId, windowId, staffMemberId, ...facts } = answer
  return {
    ...facts,
    acceptedAt: instant(facts.acceptedAt),
    closedAt: instant(facts.closedAt),
    reportedAt: new Date(facts.reportedAt),
    placement: { regionPath, departmentId, lineId, hallId, windowId, staffMemberId },
  }
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
