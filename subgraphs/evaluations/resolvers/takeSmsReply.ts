import { takeSmsReply as take } from '../actions/take-sms-reply.ts'
import type { EvaluationsContext } from '../context.ts'

export async function takeSmsReply(
  _: unknown,
  reply: { invitationId: string; level: number },
  context: EvaluationsContext,
) {
  return JSON.stringify(await take(reply, context))
}
