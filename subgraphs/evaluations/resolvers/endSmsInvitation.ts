import { endSmsInvitation as end } from '../actions/end-sms-invitation.ts'
import type { EvaluationsContext } from '../context.ts'

export const endSmsInvitation = (
  _: unknown,
  ending: { invitationId: string; reason: string },
  context: EvaluationsContext,
) => end(ending, context)
