import { phoneFaults, readPhone } from '../../shared/people/phone.ts'
import { phoneLastFourKind, readPhoneLastFour } from '../../shared/people/phone-last-four.ts'
import { scopeCovers } from '../../shared/scope-covers.ts'
import type { EvaluationsContext } from '../context.ts'
import { isOwnCase, isSignedInCitizen } from '../domain/permission.ts'
import { type Problem, problem } from '../domain/problem.ts'
import { type EvaluatorRelation, identificationOf, type Rater, visitorIdentification } from '../domain/rater.ts'
import type { Admitted } from './admit-rating.ts'

type Proof = Pick<Admitted, 'kind' | 'code' | 'service' | 'subject'>

/** Why whoever rates has not proved what his code asks for (身份核验); null when he has. Failed digits are counted. */
export function proofFault(
  { kind, code, service, subject }: Proof,
  phoneLastFour: string | null,
  { viewer, crypto, proofAttempts }: EvaluationsContext,
): 'NOT_PERMITTED' | 'UNAUTHENTICATED' | 'PROOF_FAILED' | 'PROOF_TOO_OFTEN' | null {
  if (viewer.role === 'DEVICE' && subject && !scopeCovers(viewer.scope, subject.placement)) return 'NOT_PERMITTED'
  const isOwn = service !== null && isOwnCase(viewer, service.serviceCase.caseId)
  if (kind === 'PORTAL' || kind === 'MOBILE') {
    if (isOwn) return null
    return isSignedInCitizen(viewer) ? 'NOT_PERMITTED' : 'UNAUTHENTICATED'
  }
  if (kind !== 'RECEIPT' || !code || !service || isOwn) return null
  if (proofAttempts.isExhausted(code.handle)) return 'PROOF_TOO_OFTEN'
  const digits = readPhoneLastFour(phoneLastFour ?? '')
  if (digits === null) return 'PROOF_FAILED'
  const { phoneLastFourHash } = service.serviceCase
  const hashes = crypto.lookupHashes(phoneLastFourKind, digits)
  if (phoneLastFourHash !== null && hashes.includes(phoneLastFourHash)) return null
  proofAttempts.countFailure(code.handle)
  return 'PROOF_FAILED'
}

/** Who rates, as it is kept with the rating (评价人). A contact is asked for by visits without a case alone. */
export function readRater(
  { kind, service }: Proof,
  given: { relation?: EvaluatorRelation; contactPhone?: string | null },
  { viewer }: EvaluationsContext,
): { rater: Rater; problems: [] } | { rater: null; problems: Problem[] } {
  const { relation = 'APPLICANT', contactPhone } = given
  const citizenId = isSignedInCitizen(viewer) ? viewer.id : null
  const typed = contactPhone?.trim() ?? ''
  if (service) {
    if (typed !== '') return { rater: null, problems: [contactNotAsked()] }
    const identifiedBy = identificationOf(viewer, kind, service.serviceCase.caseId)
    return { rater: { identifiedBy, relation, citizenId, contactPhone: null }, problems: [] }
  }
  const phone = typed === '' ? null : readPhone(typed)
  if (phone?.ok === false) {
    const { zh, en } = phoneFaults[phone.fault]
    return { rater: null, problems: [problem('contactPhone', `PHONE_${phone.fault}`, zh, en)] }
  }
  const number = phone?.number ?? null
  const identifiedBy = visitorIdentification(viewer, number)
  return { rater: { identifiedBy, relation, citizenId, contactPhone: number }, problems: [] }
}

function contactNotAsked(): Problem {
  const en = 'a contact phone is taken only with a rating without a case; leave it out'
  return problem('contactPhone', 'CONTACT_NOT_ASKED', '评价办件时不收联系电话，请不要填写', en)
}
