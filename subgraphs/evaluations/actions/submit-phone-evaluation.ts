import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { editionInForce } from '../domain/item-editions.ts'
import { judgePhoneDraft, type PhoneDraft, readCallerContact } from '../domain/phone-draft.ts'
import { mayRateOnPhone } from '../domain/phone-permission.ts'
import { phoneWindowEndsAt } from '../domain/phone-window.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { type Problem, problem } from '../domain/problem.ts'
import { problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import { subjectOfService } from '../domain/rated-subject.ts'
import type { EvaluatorRelation, PhoneSource, TakenOnPhone } from '../domain/rater.ts'
import { askedAbout } from '../domain/sub-ratings.ts'
import { wasRatedInCall } from '../store/phone-calls.ts'
import { invitationOfService, type PhoneInvitation } from '../store/phone-invitation-queries.ts'
import { phoneService } from '../store/phone-services.ts'
import type { RatedService } from '../store/rated-service.ts'
import { askOperator } from './ask-cases-of-callers.ts'
import { type InvalidEvaluation, invalidEvaluation, keepSubmission, type Submitted } from './keep-submission.ts'
import { closeHeldCall } from './record-call-outcome.ts'
import { type Refused, refused } from './refused.ts'

/** A rating as an operator hands it in (电话评价). */
export type TakenCall = PhoneDraft & {
  caseId: string
  serviceNumber: number
  source: PhoneSource
  contactName: string
  contactPhone: string
  relation: EvaluatorRelation
}

export type PhoneSubmissionRefused =
  | Refused<'AlreadyEvaluated' | 'CaseNotRateable' | 'NotPermitted' | 'PhoneInvitationNotHeld'>
  | InvalidEvaluation

/**
 * Takes a rating on the phone (电话评价): who takes it is known by his account, what is asked by the policy of the case. Of an invited person the
 * operator must hold the invitation; the call is closed with the rating. The same content again is the same rating.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function submitPhoneEvaluation(
  call: TakenCall,
  context: EvaluationsContext,
): Promise<Submitted | PhoneSubmissionRefused> {
  const { viewer, calendar } = context
  const { source, relation } = call
  if (!mayRateOnPhone(viewer, source)) return refused('NotPermitted', 'NOT_PERMITTED')
  const found = await findCall(call, context)
  if (!found) return refused('CaseNotRateable', 'CASE_UNKNOWN', { caseNumber: call.caseId })
  const { service, invitation, isHeld } = found
  if (source === 'INVITATION' && !isHeld) return refused('PhoneInvitationNotHeld', 'PHONE_INVITATION_NOT_HELD')

  const now = context.now()
  const { serviceCase } = service
  const policy = policyOfCase(serviceCase.policyId, now)
  const fault = problemOfCase(rateableCase(serviceCase, service.isEvaluated), 1, now, policy)
  if (fault) return { refusedAs: 'CaseNotRateable', refusal: caseRefusal(fault.code, serviceCase, policy) }
  const endsAt = serviceCase.closedAt && phoneWindowEndsAt(serviceCase.closedAt, policy, calendar)
  if (endsAt && endsAt <= now) return refused('CaseNotRateable', 'INVITATION_WINDOW_OVER')

  const subject = subjectOfService(service)
  const judged = judgePhoneDraft(call, now, policy, askedAbout('CASE', serviceCase))
  const { contact, problems: contactProblems } = readCallerContact(call)
  const { operator, problems: operatorProblems } = await identifyOperator(context)
  const problems = [...(judged.accepted ? [] : judged.problems), ...contactProblems, ...operatorProblems]
  if (!judged.accepted || !contact || !operator) return invalidEvaluation(problems)

  const onPhone = { source, operator, contactName: contact.name }
  const rater = { identifiedBy: 'OPERATOR', relation, citizenId: null, contactPhone: contact.phone, onPhone } as const
  const itemEdition = editionInForce(now, 'CASE')?.number ?? 0
  const submission = { subject, draft: judged.accepted, itemEdition, rater, pictures: [], givenAt: null }
  const kept = await keepSubmission({ ...submission, isAboutRectification: false }, context)
  if (kept && !('refusedAs' in kept) && source === 'INVITATION' && invitation) {
    await closeHeldCall(invitation.id, { outcome: 'RATED', note: null, callAgainAt: null }, context)
  }
  return kept ?? refused('AlreadyEvaluated', 'ALREADY_EVALUATED')
}

type FoundCall = { service: RatedService; invitation: PhoneInvitation | null; isHeld: boolean }

/** The service within the viewer's scope. Whoever has closed the call with its rating still holds it as far as the same rating sent again goes. */
async function findCall(
  { caseId, serviceNumber }: TakenCall,
  { viewer, database }: EvaluationsContext,
): Promise<FoundCall | null> {
  if (!isId(caseId) || serviceNumber < 1 || serviceNumber > 99) return null
  return database.inScope(viewer.scope, async tx => {
    const service = await phoneService(tx, caseId, serviceNumber)
    if (!service) return null
    const invitation = await invitationOfService(tx, caseId, serviceNumber)
    const holds = invitation?.state === 'LOCKED' && invitation.lockedById === viewer.id
    const isHeld = holds || (invitation !== null && (await wasRatedInCall(tx, invitation.id, viewer.id)))
    return { service, invitation, isHeld }
  })
}

async function identifyOperator({ viewer, cases }: EvaluationsContext): Promise<{
  operator: TakenOnPhone['operator'] | null
  problems: Problem[]
}> {
  const account = await askOperator(cases(), viewer.id)
  if (account?.contact) {
    return { operator: { id: viewer.id, name: account.name, contact: account.contact }, problems: [] }
  }
  const en = 'no telephone is registered for this account; an administrator has to enter it first'
  const zh = '本账号未登记联系方式，不能进行电话评价，请联系管理员登记'
  return { operator: null, problems: [problem('operator', 'OPERATOR_CONTACT_MISSING', zh, en)] }
}
