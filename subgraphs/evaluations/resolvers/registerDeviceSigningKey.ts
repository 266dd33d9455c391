import { registerDeviceSigningKey as register } from '../actions/register-device-signing-key.ts'
import type { EvaluationsContext } from '../context.ts'

export async function registerDeviceSigningKey(
  _: unknown,
  { input }: { input: { publicKey: string } },
  context: EvaluationsContext,
) {
  const answer = await register(input.publicKey, context)
  if (!('refusedAs' in answer)) return { __typename: 'RegisterDeviceSigningKeySuccess', ...answer }
  const problems =
    'problems' in answer &&
    answer.problems.map(({ path, code, message }) => ({ path, code, message: message.zh, messageEnglish: message.en }))
  return { __typename: answer.refusedAs, ...answer.refusal, ...(problems && { problems }) }
}
