import { signIn as openSession } from '../../actions/sign-in.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { input: { name: string; password: string } }

export async function signIn(_: unknown, { input }: Arguments, context: CasesContext) {
  const answer = await openSession(context, input)
  if (!('token' in answer)) return { __typename: 'SignInRefused', ...answer }
  context.actAs(answer.viewer)
  return { __typename: 'SignInSuccess', ...answer }
}
