import { refusal } from '../../../shared/error-catalogue.ts'
import { signOut as endSession } from '../../actions/sign-out.ts'
import type { CasesContext } from '../../context.ts'

export async function signOut(_: unknown, __: unknown, context: CasesContext) {
  const signedOut = await endSession(context)
  return signedOut
    ? { __typename: 'SignOutSuccess', signedOut }
    : { __typename: 'NotPermitted', ...refusal('NOT_PERMITTED') }
}
