import { identify as identifyHolder } from '../../actions/identify.ts'
import type { CasesContext } from '../../context.ts'

export async function identify(_: unknown, { credential }: { credential: string }, context: CasesContext) {
  const viewer = await identifyHolder(context, credential)
  return viewer && JSON.stringify(viewer)
}
