import { createHash } from 'node:crypto'
import { loadSecretKeys } from '../../../subgraphs/shared/crypto/secret-keys-file.ts'
import { identitySigner } from '../../../subgraphs/shared/identity.ts'
import type { Viewer } from '../../../subgraphs/shared/viewer.ts'

const everySubgraph = ['cases', 'evaluations', 'workflow', 'exchange']

/**
 * What stands in front of a peer's gateway: the credential becomes a signed identity that the subgraphs accept. Unlike the hub's door it
 * asks nobody whether the credential is good, so the peers have the easier part.
 */
export async function callerIdentity(): Promise<(authorization: string | undefined) => Promise<string>> {
  const { identity } = await loadSecretKeys(process.env.SECRET_KEYS_FILE!)
  const sign = identitySigner(identity)
  return authorization => {
    const viewer: Viewer = {
      id: createHash('sha256')
        .update(authorization ?? '')
        .digest('hex')
        .slice(0, 32),
      kind: 'CLIENT',
      role: 'FRONTEND_CLIENT',
      name: 'bench',
      scope: { reach: 'REGION', regionPath: process.env.REGION_PATH! },
      sessionId: null,
      expiresAt: null,
    }
    return sign(viewer, everySubgraph)
  }
}
