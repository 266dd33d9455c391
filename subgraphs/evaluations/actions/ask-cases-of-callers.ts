import { type DocumentNode, parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { type SystemScopeName, systemViewer } from '../../shared/viewer.ts'

const keysQuery = parse('query PhoneKeysOfCases($caseIds: [ID!]!) { phoneKeysOfCases(caseIds: $caseIds) }')
const operatorQuery = parse('query OperatorOfAccount($accountId: ID!) { operatorOfAccount(accountId: $accountId) }')

/** By which keyed hash the applicants' phones of these cases are known; cases without a phone are left out. @throws SUBGRAPH_UNAVAILABLE */
export async function askPhoneKeys(
  cases: Subgraph,
  caseIds: readonly string[],
): Promise<{ caseId: string; phoneKey: string }[]> {
  const { phoneKeysOfCases } = await ask(cases, keysQuery, { caseIds }, 'sweep')
  return JSON.parse(String(phoneKeysOfCases))
}

/** Who works under an account (话务员), with the telephone that is registered for him; null when unknown. @throws SUBGRAPH_UNAVAILABLE */
export async function askOperator(
  cases: Subgraph,
  accountId: string,
): Promise<{ name: string; contact: string | null } | null> {
  const { operatorOfAccount } = await ask(cases, operatorQuery, { accountId }, 'rating-code')
  return operatorOfAccount === null ? null : JSON.parse(String(operatorOfAccount))
}

async function ask(
  cases: Subgraph,
  document: DocumentNode,
  variables: Record<string, unknown>,
  scope: SystemScopeName,
) {
  const { data, errors } = await cases.execute({ document, variables, viewer: systemViewer(scope) })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return data
}
