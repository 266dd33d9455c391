import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import type { InputProblem } from '../../shared/rows/input-problem.ts'
import { newId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { judgeMandate, type MandateInput, mayKeepMandates } from '../domain/agent-mandate.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { citizenSession, hashesOfCitizen } from '../store/citizen-queries.ts'
import { insertMandate, type MandateRow, mandatePage, revokeMandate } from '../store/mandate-queries.ts'

export type MandateParts = { database: Database; crypto: CryptoPort; now: () => Date; viewer: Viewer }

/** Records who may act for an organisation from when until when (登记企业办事人授权); it belongs to the region of the management body. */
export async function recordAgentMandate(
  { database, crypto, now, viewer }: MandateParts,
  input: MandateInput,
): Promise<MandateRow | { refused: 'NOT_PERMITTED' } | { problems: InputProblem[] }> {
  const { scope } = viewer
  if (!mayKeepMandates(viewer) || scope.reach !== 'REGION') return { refused: 'NOT_PERMITTED' }
  const recordedAt = now()
  const judged = judgeMandate(input, recordedAt)
  if ('problems' in judged) return judged
  const { regionPath } = scope
  const mandate = { ...judged.mandate, id: newId(recordedAt.getTime()), recordedAt, recordedBy: viewer, regionPath }
  return database.inScope(scope, tx => insertMandate(tx, crypto, mandate))
}

/** Ends a mandate of the viewer's scope (撤销授权), now unless it was before; sessions under it act for the person himself from then on. */
export async function revokeAgentMandate(
  { database, now, viewer }: MandateParts,
  id: string,
): Promise<MandateRow | { refused: 'NOT_PERMITTED' | 'MANDATE_UNKNOWN' }> {
  if (!mayKeepMandates(viewer)) return { refused: 'NOT_PERMITTED' }
  const revocation = { revokedAt: now(), revokedBy: viewer.name }
  const revoked = isIdentifier(id)
    ? await database.inScope(viewer.scope, tx => revokeMandate(tx, id, revocation))
    : null
  return revoked ?? { refused: 'MANDATE_UNKNOWN' }
}

/** Mandates that the viewer may read, past ones too: management bodies those of their scope, a signed-in agent his own, others none. */
export async function listMandates(
  { database, crypto, now, viewer }: MandateParts,
  after: string | null,
  first: number,
): Promise<MandateRow[]> {
  if (mayKeepMandates(viewer)) return database.inScope(viewer.scope, tx => mandatePage(tx, null, after, first))
  const { sessionId } = viewer
  if (viewer.kind !== 'CITIZEN' || !sessionId) return []
  return database.inScope({ reach: 'EVERYTHING', name: 'citizen' }, async tx => {
    const session = await citizenSession(tx, { sessionId }, now())
    return session ? mandatePage(tx, hashesOfCitizen(crypto, session).documentHashes, after, first) : []
  })
}
