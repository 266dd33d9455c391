import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { mayRevealApplicant, type RevealPurpose } from '../domain/revealing-right.ts'
import { keepLook } from '../store/personal-looks.ts'
import { applicantInClear, type RevealedApplicant } from '../store/revealed-applicant.ts'

/**
 * Shows the applicant of a case in clear (查看申请人信息), within the viewer's scope. The look is kept in the transaction that reads, so none
 * goes without its trace.
 */
export async function revealApplicant(
  { database, crypto, now, viewer }: { database: Database; crypto: CryptoPort; now: () => Date; viewer: Viewer },
  { caseId, purpose }: { caseId: string; purpose: RevealPurpose },
): Promise<RevealedApplicant | { refused: 'NOT_PERMITTED' | 'CASE_UNKNOWN' }> {
  if (!mayRevealApplicant(viewer)) return { refused: 'NOT_PERMITTED' }
  if (!isIdentifier(caseId)) return { refused: 'CASE_UNKNOWN' }
  return database.inScope(viewer.scope, async tx => {
    const applicant = await applicantInClear(tx, crypto, caseId)
    if (!applicant) return { refused: 'CASE_UNKNOWN' }
    await keepLook(tx, viewer, { purpose, caseId, at: now() })
    return applicant
  })
}
