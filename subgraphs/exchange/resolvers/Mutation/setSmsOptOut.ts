import { refusal } from '../../../shared/error-catalogue.ts'
import { setSmsOptOut as set } from '../../actions/set-sms-opt-out.ts'
import type { ExchangeContext } from '../../context.ts'

export async function setSmsOptOut(
  _: unknown,
  { input }: { input: { phone: string; isOptedOut: boolean } },
  { viewer, messaging }: ExchangeContext,
) {
  const answer = await set(input, viewer, messaging)
  if ('refused' in answer) return { __typename: 'NotPermitted', ...refusal(answer.refused) }
  if ('fault' in answer) {
    const { code, zh, en } = answer.fault
    const problems = [{ path: 'phone', code, message: zh, messageEnglish: en }]
    return { __typename: 'InvalidInput', ...refusal('INVALID_INPUT'), problems }
  }
  return { __typename: 'SetSmsOptOutSuccess', ...answer }
}
