import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { readScannedCode } from '../domain/code-validity.ts'
import { channelOf } from '../domain/permission.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { problemOfCase } from '../domain/rateable-case.ts'
import { mintFormTicket, type RatingCodeKind, screenCodeState } from '../domain/rating-code.ts'
import {
  closedForm,
  type FormSubject,
  openForm,
  type RatingForm,
  refusedForm,
  shortenedCaseNumber,
} from '../domain/rating-form.ts'
import type { RatedService } from '../store/rated-service.ts'

/** Opens the page behind a code (评价页): says what is rated and what may be chosen, or in words why not. Changes nothing. */
export async function openRatingForm(token: string, context: EvaluationsContext): Promise<RatingForm> {
  const { crypto, viewer, ratedServices } = context
  const code = readScannedCode(token, crypto.codeMac)
  if (!code) return refusedForm('INVALID', 'CODE_INVALID')
  const service = await ratedServices.add(code)
  if (!service) return refusedForm('INVALID', 'CODE_INVALID')
  const { serviceCase, isEvaluated } = service
  if (isEvaluated) return refusedForm('ALREADY_EVALUATED', 'ALREADY_EVALUATED')
  const now = context.now()
  const policy = policyOfCase(serviceCase.policyId, now)
  if (code.kind === 'SCREEN' && screenCodeState(code, now, policy) !== 'CURRENT') {
    return refusedForm('EXPIRED', 'CODE_EXPIRED')
  }
  const state = { ...serviceCase, isVoid: !serviceCase.isValid, hasFirstRating: false }
  const problem = problemOfCase(state, 1, now, policy)
  if (problem) return closedForm('NOT_RATEABLE', caseRefusal(problem.code, policy))
  const formTicket = mintFormTicket(code, now, crypto.codeMac)
  const subject = formSubject(service, code.kind)
  const isProofRequired = code.kind === 'RECEIPT'
  return openForm({ formTicket, subject, isProofRequired }, channelOf(viewer), now, policy)
}

// Whoever scans a screen stands at the window; a receipt may have been found.
function formSubject({ serviceCase, servedBy }: RatedService, kind: RatingCodeKind): FormSubject {
  const { placement: _placement, ...names } = servedBy
  const { matterName, caseNumber } = serviceCase
  return { matterName, caseNumber: kind === 'RECEIPT' ? shortenedCaseNumber(caseNumber) : caseNumber, ...names }
}
