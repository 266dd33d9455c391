import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Scope, Viewer } from '../../shared/viewer.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { closedCasesOfDocument, operatorOf, phonesOfCases } from '../store/caller-queries.ts'
import type { RateableCaseRow } from '../store/rateable-case-query.ts'

export type CallerParts = { database: Database; crypto: CryptoPort; viewer: Viewer }

const hubScope = { reach: 'EVERYTHING', name: 'citizen' } as const
const signInScope = { reach: 'EVERYTHING', name: 'sign-in' } as const

/**
 * Valid closed cases of a document number since an instant within the given scope (热线查办件), the latest closed first, at most 50.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function casesOfDocument(
  { database, crypto, viewer }: CallerParts,
  { documentNumber, since, scope }: { documentNumber: string; since: Date; scope: Scope },
): Promise<RateableCaseRow[]> {
  refuseAllButHub(viewer)
  const hashes = crypto.lookupHashes('DOCUMENT_NUMBER', documentNumber)
  return database.inScope(scope, tx => closedCasesOfDocument(tx, hashes, since))
}

/**
 * The keyed hash of the applicant's phone of each case that has one. It is made anew under the present key, so that a person is one
 * person whichever key his cases were stored under.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function phoneKeysOfCases(
  { database, crypto, viewer }: CallerParts,
  caseIds: readonly string[],
): Promise<{ caseId: string; phoneKey: string }[]> {
  refuseAllButHub(viewer)
  const phones = await database.inScope(hubScope, tx => phonesOfCases(tx, crypto, caseIds.filter(isIdentifier)))
  return phones.map(({ caseId, phone }) => ({ caseId, phoneKey: crypto.lookupHash('PHONE', phone) }))
}

/** Name and telephone of the person behind an account (话务员); null when it is unknown. @throws NOT_PERMITTED to anyone but the hub itself */
export async function operatorOfAccount({ database, viewer }: CallerParts, accountId: string) {
  refuseAllButHub(viewer)
  return isIdentifier(accountId) ? database.inScope(signInScope, tx => operatorOf(tx, accountId)) : null
}

/** The telephone that is registered for an account (联系方式); null when none is. */
export async function contactOfAccount(database: Database, accountId: string): Promise<string | null> {
  return (await database.inScope(signInScope, tx => operatorOf(tx, accountId)))?.contact ?? null
}

function refuseAllButHub(viewer: Viewer): void {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
}
