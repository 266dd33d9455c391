import { randomBytes } from 'node:crypto'
import { seesWhoRated } from '../../shared/anonymity.ts'
import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { codeState, readScannedCode } from '../domain/code-validity.ts'
import { isOwnCase, isSignedInCitizen, maySubmitEvaluation } from '../domain/permission.ts'
import { problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import { channelOf } from '../domain/rater.ts'
import { mintRatingCode, mintTicket, type RatingCode, type Ticket } from '../domain/rating-code.ts'
import {
  closedForm,
  type FormSubject,
  openForm,
  type RatingForm,
  refusedForm,
  shortenedCaseNumber,
} from '../domain/rating-form.ts'
import { ratedPlace } from '../domain/static-code.ts'
import { askedAbout } from '../domain/sub-ratings.ts'
import type { KnownStaticCode } from '../store/known-static-code.ts'
import type { RatedService } from '../store/rated-service.ts'
import { isVisitRated } from '../store/rating-rows.ts'
import { type Admitted, admitRating } from './admit-rating.ts'

const visitScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Opens the page behind a code (评价页): says what is rated and what may be chosen, or in words why not. A ticket that was given for the
 * code before opens its form again while it lasts. Changes nothing.
 */
export async function openRatingForm(
  token: string,
  formTicket: string | null,
  context: EvaluationsContext,
): Promise<RatingForm> {
  const now = context.now()
  const admitted = await admitRating(token, formTicket, now, context)
  if ('fault' in admitted) {
    const { fault, isEvaluated } = admitted
    if (isEvaluated && learnsOfRating(context)) return refusedForm('ALREADY_EVALUATED', 'ALREADY_EVALUATED')
    // Of a static code only the tickets end: it opens anew.
    if (fault === 'CODE_EXPIRED' && isStatic(token, context)) return openRatingForm(token, null, context)
    return refusedForm(fault === 'CODE_INVALID' ? 'INVALID' : 'EXPIRED', fault)
  }
  if (admitted.service) return formOfService(admitted, admitted.service, now, context)
  return formOfVisit(admitted, admitted.staticCode!, now, context)
}

function isStatic(token: string, { crypto }: EvaluationsContext): boolean {
  return readScannedCode(token, crypto.codeMac)?.kind === 'STATIC'
}

/** The rated unit must not learn from a code whether its case was rated (匿名); whoever scans it as the rater may. */
function learnsOfRating({ viewer }: EvaluationsContext): boolean {
  return maySubmitEvaluation(viewer) || seesWhoRated(viewer)
}

function formOfService(admitted: Admitted, service: RatedService, now: Date, context: EvaluationsContext): RatingForm {
  const { viewer } = context
  const { kind, policy, staticCode } = admitted
  const { serviceCase, isEvaluated } = service
  const isOwn = isOwnCase(viewer, serviceCase.caseId)
  if ((kind === 'PORTAL' || kind === 'MOBILE') && !isOwn) {
    return refusedForm('NOT_RATEABLE', isSignedInCitizen(viewer) ? 'NOT_PERMITTED' : 'UNAUTHENTICATED')
  }
  if (isEvaluated && learnsOfRating(context)) return refusedForm('ALREADY_EVALUATED', 'ALREADY_EVALUATED')
  const problem = problemOfCase(rateableCase(serviceCase, false), 1, now, policy)
  if (problem) return closedForm('NOT_RATEABLE', caseRefusal(problem.code, serviceCase, policy))
  const isProofRequired = kind === 'RECEIPT' && !isOwn
  const opened = {
    kind,
    formTicket: ticketOfService(admitted, now, context),
    about: askedAbout('CASE', serviceCase),
    // Whoever scans a screen stands at the window; a receipt or a phone may have been found.
    subject: formSubject(service, isProofRequired || kind === 'SMS'),
    place: staticCode && ratedPlace(staticCode),
    identification: isProofRequired ? 'PHONE_LAST_FOUR' : 'NONE',
    takeHomeUrl: takeHomeUrl(admitted, service, now, context),
  } as const
  return openForm(opened, channelOf(viewer, kind), now, policy)
}

function ticketOfService({ code, ticket, policy }: Admitted, now: Date, { crypto }: EvaluationsContext): string | null {
  if (!code) return null
  // One that is about to end is renewed only where the code itself would open the form anew.
  if (ticket && (code.kind === 'STATIC' || codeState(code, now, policy) !== 'CURRENT')) return ticket
  return mintTicket({ kind: 'FORM', handle: code.handle, point: code.point, issuedAt: now }, code, crypto.codeMac)
}

async function formOfVisit(
  { kind, code, policy, subject, ticket }: Admitted,
  staticCode: KnownStaticCode,
  now: Date,
  context: EvaluationsContext,
): Promise<RatingForm> {
  const { viewer, database } = context
  if (subject && (await database.inScope(visitScope, tx => isVisitRated(tx, subject)))) {
    return refusedForm('ALREADY_EVALUATED', 'ALREADY_EVALUATED')
  }
  const { subjectKind } = staticCode
  const opened = {
    kind,
    formTicket: ticket ?? newVisit(code!, now, context),
    about: askedAbout(subjectKind, null),
    subject: null,
    place: ratedPlace(staticCode),
    // The platform has no cases that could be looked for.
    identification: subjectKind === 'PLATFORM' ? 'NONE' : 'PHONE_NUMBER',
    takeHomeUrl: null,
  } as const
  return openForm(opened, channelOf(viewer, kind), now, policy)
}

/** A visit is known by its ticket alone: opening the form writes nothing. */
function newVisit(code: RatingCode, now: Date, { crypto }: EvaluationsContext): string {
  const visit: Ticket = { kind: 'VISIT', handle: randomBytes(6).toString('hex'), point: 0, issuedAt: now }
  return mintTicket(visit, code, crypto.codeMac)
}

/** A terminal prints a receipt code, so that who has no time now can rate at home; without a phone nothing could be proved there. */
function takeHomeUrl(
  { code, kind }: Admitted,
  { serviceCase }: RatedService,
  now: Date,
  { crypto, publicUrl }: EvaluationsContext,
): string | null {
  if (kind !== 'TERMINAL' || !code || serviceCase.phoneLastFourHash === null) return null
  return `${publicUrl}/r/${mintRatingCode({ ...code, kind: 'RECEIPT', issuedAt: now }, crypto.codeMac)}`
}

function formSubject({ serviceCase, servedBy }: RatedService, isShortened: boolean): FormSubject {
  const { placement: _placement, ...names } = servedBy
  const { matterName, caseNumber } = serviceCase
  return { matterName, caseNumber: isShortened ? shortenedCaseNumber(caseNumber) : caseNumber, ...names }
}
