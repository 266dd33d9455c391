import { readPicture, type SignedPicture } from '../actions/read-picture.ts'
import type { EvaluationsContext } from '../context.ts'

export async function pictureBytes(_: unknown, signed: SignedPicture, context: EvaluationsContext) {
  return (await readPicture(signed, context))?.toString('base64') ?? null
}
