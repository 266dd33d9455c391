import { graphError } from '../../shared/graph-error.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { editionInForce } from '../domain/item-editions.ts'
import { levelAlone } from '../domain/level-alone.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import { subjectOfService } from '../domain/rated-subject.ts'
import { isLevel } from '../domain/rating.ts'
import { tokenHashOf } from '../store/sms-invitations.ts'
import { serviceOfSmsLink } from '../store/sms-link.ts'
import { linkOf } from './send-sms-invitations.ts'

/** What became of a reply; `detailsUrl` is the invitation's own link, which takes the reasons that a text cannot carry. */
export type SmsReplyTaken =
  | { outcome: 'RATED' | 'ALREADY_RATED'; receiptNumber?: string; detailsUrl: string }
  | { outcome: 'TOO_LATE' | 'NOT_RATEABLE' }

const replyScope = { reach: 'EVERYTHING', name: 'citizen' } as const

/**
 * Takes the overall level that came by SMS reply (短信回复评价): no reason is asked at bad levels, since none can be given here. The same
 * reply again is the same rating.
 *
 * @throws NOT_PERMITTED to anyone but the hub itself, BAD_USER_INPUT for a level that is none
 */
export async function takeSmsReply(
  { invitationId, level }: { invitationId: string; level: number },
  context: EvaluationsContext,
): Promise<SmsReplyTaken> {
  if (context.viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  if (!isLevel(level)) throw graphError('BAD_USER_INPUT', { fact: `level 1–5: ${level}` })
  if (!isId(invitationId)) return { outcome: 'NOT_RATEABLE' }
  const found = await context.database.inScope(replyScope, async tx => {
    const tokenHash = await tokenHashOf(tx, invitationId)
    const service = tokenHash && (await serviceOfSmsLink(tx, [tokenHash]))
    return service ? { tokenHash, service } : null
  })
  if (!found) return { outcome: 'NOT_RATEABLE' }
  const { service, tokenHash } = found
  const now = context.now()
  const policy = policyOfCase(service.serviceCase.policyId, now)
  const problem = problemOfCase(rateableCase(service.serviceCase, service.isEvaluated), 1, now, policy)
  if (problem) return { outcome: problem.code === 'LATE_WINDOW_OVER' ? 'TOO_LATE' : 'NOT_RATEABLE' }

  const subject = subjectOfService(service)
  const kept = await context.submissions.add({
    subject,
    draft: levelAlone({ channel: 'SMS', level, isPublic: true, isAnonymous: false }),
    itemEdition: editionInForce(now, subject.subjectKind)?.number ?? 0,
    rater: { identifiedBy: 'SMS_REPLY', relation: 'APPLICANT', citizenId: null, contactPhone: null },
    pictures: [],
    givenAt: null,
    isAboutRectification: false,
  })
  const detailsUrl = linkOf({ id: invitationId, tokenHash }, context)
  if (!('receiptNumber' in kept)) return { outcome: 'ALREADY_RATED', detailsUrl }
  return { outcome: 'RATED', receiptNumber: kept.receiptNumber, detailsUrl }
}
