import type { EvaluationsContext } from '../context.ts'
import { phoneRatingForm } from '../domain/phone-form.ts'
import { lastDayOf } from '../domain/phone-window.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import type { PhoneInvitation as Invitation } from '../store/phone-invitation-queries.ts'

export const PhoneInvitation = {
  serviceCase: ({ caseId }: Invitation) => ({ __typename: 'ServiceCase', id: caseId }),
  lastDay: ({ expiresAt }: Invitation) => lastDayOf(expiresAt),
  isHeldByViewer: ({ state, lockedById }: Invitation, _: unknown, { viewer }: EvaluationsContext) =>
    state === 'LOCKED' && lockedById === viewer.id,
  form: (invitation: Invitation, _: unknown, { now }: EvaluationsContext) =>
    phoneRatingForm(invitation, policyOfCase(invitation.policyId, now()), now()),
}
