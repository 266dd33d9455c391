import { phoneLastFourKind, readPhoneLastFour } from '../../shared/people/phone-last-four.ts'
import type { SatisfactionLevel } from '../../shared/policy/policy.ts'
import { scopeCovers } from '../../shared/scope-covers.ts'
import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { codeFault, readScannedCode } from '../domain/code-validity.ts'
import { editionInForce } from '../domain/item-editions.ts'
import { channelOf, identificationOf, maySubmitEvaluation } from '../domain/permission.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import type { Problem } from '../domain/problem.ts'
import type { RatingCode } from '../domain/rating-code.ts'
import { decideSubmission } from '../domain/submission.ts'
import { evaluationsById, type KeptEvaluation } from '../store/evaluation-queries.ts'
import type { RatedService } from '../store/rated-service.ts'
import { type Refused, refused } from './refused.ts'

/** A rating as it was handed in with its code (提交评价). */
export type HandedIn = {
  token: string
  formTicket: string | null
  level: SatisfactionLevel
  items: string[]
  text: string | null
  isPublic: boolean
  isAnonymous: boolean
  phoneLastFour: string | null
}

export type Submitted = { evaluation: KeptEvaluation; receiptNumber: string; isNew: boolean }

export type SubmissionRefused =
  | Refused<'AlreadyEvaluated' | 'RatingCodeRefused' | 'CaseNotRateable'>
  | (Refused<'InvalidEvaluation'> & { problems: Problem[] })

const receiptScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Takes a rating (提交评价): the code is checked before any database read, then the proof, then case and content. The same content
 * for the same service again is answered with the same receipt, another content is refused and the first one kept.
 */
export async function submitEvaluation(
  handedIn: HandedIn,
  context: EvaluationsContext,
): Promise<Submitted | SubmissionRefused> {
  const { viewer, crypto } = context
  if (!maySubmitEvaluation(viewer)) return refused('RatingCodeRefused', 'NOT_PERMITTED')
  const code = readScannedCode(handedIn.token, crypto.codeMac)
  const service = code && (await context.ratedServices.add(code))
  if (!service) return refused('RatingCodeRefused', 'CODE_INVALID')
  const { serviceCase, servedBy } = service
  if (viewer.role === 'DEVICE' && !scopeCovers(viewer.scope, servedBy.placement)) {
    return refused('RatingCodeRefused', 'NOT_PERMITTED')
  }
  const now = context.now()
  const policy = policyOfCase(serviceCase.policyId, now)
  const fault = codeFault(code, handedIn.formTicket, now, { ring: crypto.codeMac, policy })
  if (fault === 'CODE_EXPIRED' && service.isEvaluated) return refused('AlreadyEvaluated', 'ALREADY_EVALUATED')
  const unproved = fault ?? proofFault(code, service, handedIn.phoneLastFour, context)
  if (unproved) return refused('RatingCodeRefused', unproved)

  const state = { ...serviceCase, isVoid: !serviceCase.isValid, hasFirstRating: service.isEvaluated }
  const { accepted, refusal } = decideSubmission(
    state,
    { ...handedIn, channel: channelOf(viewer), round: 1 },
    now,
    policy,
  )
  if (refusal?.kind === 'CASE_NOT_RATEABLE') {
    return { refusedAs: 'CaseNotRateable', refusal: caseRefusal(refusal.problems[0].code, policy) }
  }
  if (refusal) return { ...refused('InvalidEvaluation', 'INVALID_EVALUATION'), problems: refusal.problems }

  const kept = await context.submissions.add({
    service,
    draft: accepted,
    itemEdition: editionInForce(now)?.number ?? 0,
    identification: identificationOf(viewer, code.kind),
  })
  if (kept.outcome === 'OTHER_CONTENT') return refused('AlreadyEvaluated', 'ALREADY_EVALUATED')
  const { receiptNumber } = kept
  if (kept.outcome === 'KEPT') return { evaluation: kept.evaluation, receiptNumber, isNew: true }
  const evaluation = await evaluationOfReceipt(kept.evaluationId, context)
  return { evaluation, receiptNumber, isNew: false }
}

function proofFault(
  code: RatingCode,
  { serviceCase }: RatedService,
  phoneLastFour: string | null,
  { crypto, proofAttempts }: EvaluationsContext,
): 'PROOF_FAILED' | 'PROOF_TOO_OFTEN' | null {
  if (code.kind !== 'RECEIPT') return null
  if (proofAttempts.isExhausted(code.caseHandle)) return 'PROOF_TOO_OFTEN'
  const digits = readPhoneLastFour(phoneLastFour ?? '')
  if (digits === null) return 'PROOF_FAILED'
  const hashes = crypto.lookupHashes(phoneLastFourKind, digits)
  if (serviceCase.phoneLastFourHash !== null && hashes.includes(serviceCase.phoneLastFourHash)) return null
  proofAttempts.countFailure(code.caseHandle)
  return 'PROOF_FAILED'
}

async function evaluationOfReceipt(id: string, { database }: EvaluationsContext): Promise<KeptEvaluation> {
  const [evaluation] = await database.inScope(receiptScope, tx => evaluationsById(tx, [id]))
  if (!evaluation) throw new Error('a rating has its key but not its row')
  return evaluation
}
