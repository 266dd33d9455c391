import { phoneLastFourKind, readPhoneLastFour } from '../../shared/people/phone-last-four.ts'
import type { EvaluationsContext } from '../context.ts'
import { receiptNumberOf } from '../domain/receipt-number.ts'
import { isSmsToken, smsTokenHashes } from '../domain/sms-token.ts'
import type { RatedService } from '../store/rated-service.ts'
import { keyHolders, keyText, type RatingKey } from '../store/rating-rows.ts'
import { serviceOfSmsLink } from '../store/sms-link.ts'
import { askCases } from './ask-cases.ts'
import { type Refused, refused } from './refused.ts'

export type ProvedSmsRating = { receiptNumber: string } | Refused<'RatingCodeRefused'>

const proofScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Answers the receipt number of a rating to whoever comes back by its SMS link (短信链接) and knows the last four digits of the applicant's
 * phone (decision 19). Five wrong proofs close the link to proofs for 15 minutes. Changes nothing.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function proveSmsRating(
  { token, phoneLastFour }: { token: string; phoneLastFour: string },
  context: EvaluationsContext,
): Promise<ProvedSmsRating> {
  const { crypto, database, proofAttempts } = context
  if (!isSmsToken(token)) return refused('RatingCodeRefused', 'CODE_INVALID')
  const hashes = smsTokenHashes(token, crypto.codeMac)
  const found = await database.inScope(proofScope, async tx => {
    const service = await serviceOfSmsLink(tx, hashes)
    if (!service) return null
    const key = firstRatingOf(service)
    return { service, rating: (await keyHolders(tx, [key])).get(keyText(key)) }
  })
  if (!found?.rating) return refused('RatingCodeRefused', 'CODE_INVALID')
  if (proofAttempts.isExhausted(hashes[0])) return refused('RatingCodeRefused', 'PROOF_TOO_OFTEN')
  const known = await phoneHashOf(found.service, context)
  const digits = readPhoneLastFour(phoneLastFour)
  if (digits === null || known === null || !crypto.lookupHashes(phoneLastFourKind, digits).includes(known)) {
    proofAttempts.countFailure(hashes[0])
    return refused('RatingCodeRefused', 'PROOF_FAILED')
  }
  const { evaluation_id, receipt_key_id } = found.rating
  return { receiptNumber: receiptNumberOf(evaluation_id, crypto.receiptMac, receipt_key_id) }
}

function firstRatingOf({ serviceCase, serviceNumber }: RatedService): RatingKey {
  return { city_code: serviceCase.cityCode, subject_id: serviceCase.caseId, service_number: serviceNumber, round: 1 }
}

/** Events carry no hash of a phone: where none is known here yet, cases are asked. */
async function phoneHashOf({ serviceCase }: RatedService, { cases }: EvaluationsContext): Promise<string | null> {
  if (serviceCase.phoneLastFourHash !== null) return serviceCase.phoneLastFourHash
  return (await askCases(cases(), serviceCase.caseNumber))?.phoneLastFourHash ?? null
}
