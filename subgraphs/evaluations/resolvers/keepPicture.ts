import { keepPicture as keep } from '../actions/keep-picture.ts'
import type { EvaluationsContext } from '../context.ts'

export async function keepPicture(
  _: unknown,
  { token, base64 }: { token: string; base64: string },
  context: EvaluationsContext,
): Promise<string> {
  return JSON.stringify(await keep(token, base64, context))
}
