import { parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { systemViewer } from '../../shared/viewer.ts'

const document = parse('query ContactOfCase($caseId: ID!) { contactOfCase(caseId: $caseId) }')

/** Whom a message about a case goes to, and where it belongs (联系方式). */
export type CaseContact = {
  phone: string
  regionPath: string
  departmentId: string
  hallId: string | null
  departmentName: string
  matterName: string
  closedAt: string | null
}

/** Asks cases whom to write to; null when the case is unknown or gave no phone. @throws SUBGRAPH_UNAVAILABLE */
export async function contactOfCase(cases: Subgraph, caseId: string): Promise<CaseContact | null> {
  const { data, errors } = await cases.execute({ document, variables: { caseId }, viewer: systemViewer('sweep') })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return data.contactOfCase === null ? null : (JSON.parse(String(data.contactOfCase)) as CaseContact)
}
