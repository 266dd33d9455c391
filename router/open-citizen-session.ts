import { parse } from 'graphql'
import type { Subgraph } from '../subgraphs/shared/subgraph.ts'
import { systemViewer } from '../subgraphs/shared/viewer.ts'
import type { CitizenIdentity } from '../web/serving/citizen-sign-in.ts'

const document = parse(
  'mutation OpenCitizenSession($input: CitizenIdentityInput!) { openCitizenSession(input: $input) }',
)

/** Opens a session (会话) for whoever an identity provider vouches for; null when that cannot be done now. */
export async function openCitizenSession(
  cases: Subgraph,
  identity: CitizenIdentity,
): Promise<{ token: string; expiresAt: string } | null> {
  const { data } = await cases.execute({ document, variables: { input: identity }, viewer: systemViewer('door') })
  return data?.openCitizenSession ? JSON.parse(String(data.openCitizenSession)) : null
}
