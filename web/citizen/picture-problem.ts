import type { Language } from '../kit/language.ts'
import { formWording } from './form-wording.ts'
import type { PictureRefusal } from './posted-rating.ts'
import type { SubmissionAnswer } from './submission-answer.ts'

/** Asks for a decision when pictures were not taken: each by its name with what is accepted. Handing in again goes without them. */
export function pictureProblem(
  refused: PictureRefusal[],
  language: Language,
): Extract<SubmissionAnswer, { kind: 'CORRECT' }> | null {
  if (refused.length === 0) return null
  const words = formWording[language]
  const details = refused.map(({ name, ...why }) => words.pictureRefused(name, why[language]))
  const problem = { message: words.picturesRefused, details, remedy: words.picturesRefusedRemedy }
  return { kind: 'CORRECT', status: 422, part: 'pictures', problem }
}
