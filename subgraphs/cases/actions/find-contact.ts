import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import { readPhone } from '../../shared/people/phone.ts'
import type { Viewer } from '../../shared/viewer.ts'
import { isIdentifier } from '../domain/identifier.ts'
import { type CaseContact, contactByCase, hasPhone } from '../store/case-contact-query.ts'
import { type ContactPlace, closedCasesOfPhone, type RateableCaseRow } from '../store/rateable-case-query.ts'

export type ContactParts = { database: Database; crypto: CryptoPort; viewer: Viewer }

const contactScope = { reach: 'EVERYTHING', name: 'citizen' } as const

/**
 * Whom a message about a case goes to (联系方式), the phone in clear; null when the case is unknown or gave no phone.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function contactOfCase(
  { database, crypto, viewer }: ContactParts,
  caseId: string,
): Promise<CaseContact | null> {
  refuseAllButHub(viewer)
  if (!isIdentifier(caseId)) return null
  return database.inScope(contactScope, tx => contactByCase(tx, crypto, caseId))
}

/**
 * Closed, valid cases whose applicant left this phone, at a place since an instant, the latest closed first, at most 20.
 * A phone that is no number finds nothing.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function casesOfContact(
  { database, crypto, viewer }: ContactParts,
  phone: string,
  place: ContactPlace,
): Promise<RateableCaseRow[]> {
  refuseAllButHub(viewer)
  const hashes = phoneHashes(crypto, phone)
  const { hallId, staffMemberId } = place
  if (!hashes || ![hallId, staffMemberId].every(id => id === null || isIdentifier(id))) return []
  return database.inScope(contactScope, tx => closedCasesOfPhone(tx, hashes, place))
}

/** Whether the applicant of a case left this phone. @throws NOT_PERMITTED to anyone but the hub itself */
export async function phoneBelongsToCase(
  { database, crypto, viewer }: ContactParts,
  phone: string,
  caseId: string,
): Promise<boolean> {
  refuseAllButHub(viewer)
  const hashes = phoneHashes(crypto, phone)
  if (!hashes || !isIdentifier(caseId)) return false
  return database.inScope(contactScope, tx => hasPhone(tx, caseId, hashes))
}

function phoneHashes(crypto: CryptoPort, text: string): string[] | null {
  const phone = readPhone(text)
  return phone.ok ? crypto.lookupHashes('PHONE', phone.number) : null
}

function refuseAllButHub(viewer: Viewer): void {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
}
