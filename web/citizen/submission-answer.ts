import { type ErrorCode, errorCatalogue } from '../../subgraphs/shared/error-catalogue.ts'
import type { RatingFormState, SubmitRatingMutation } from '../kit/generated/operations.ts'
import { type Language, messageIn, remedyIn } from '../kit/language.ts'
import { levels } from '../kit/levels.ts'
import { formWording } from './form-wording.ts'
import type { Problem } from './problem-box.tsx'
import type { RatingDraft } from './rating-draft.ts'

/** Which part of the form a problem belongs to; null for the form as a whole. */
export type FormPart = 'level' | 'reason' | 'text' | 'phone' | null

/** What a submitted rating leads to. */
export type SubmissionAnswer =
  | { kind: 'STORED'; receiptNumber: string }
  | { kind: 'CORRECT'; status: number; part: FormPart; problem: Problem }
  | { kind: 'REFUSED'; status: number; state: Exclude<RatingFormState, 'OPEN'>; message: string; remedy: string }

/** The one thing that the page itself must ask for: without a level there is nothing that the graph could judge. */
export function missingLevel(draft: RatingDraft, language: Language): SubmissionAnswer | null {
  if (levels.some(level => level.level === draft.level)) return null
  const problem = { message: formWording[language].chooseLevel, details: [], remedy: '' }
  return { kind: 'CORRECT', status: 422, part: 'level', problem }
}

/** Turns the graph's answer into what the person sees next. */
export function submissionAnswer(
  result: SubmitRatingMutation['submitEvaluation'],
  language: Language,
): SubmissionAnswer {
  if (result.__typename === 'SubmitEvaluationSuccess') return { kind: 'STORED', receiptNumber: result.receiptNumber }
  const status = errorCatalogue[result.code as ErrorCode]?.httpStatus ?? 409
  const message = messageIn(language, result)
  const remedy = remedyIn(language, result.remedy)
  if (result.__typename === 'InvalidEvaluation') {
    const details = result.problems.map(problem => messageIn(language, problem))
    return { kind: 'CORRECT', status, part: partOf(result.problems[0]?.path), problem: { message, details, remedy } }
  }
  if (result.code === 'PROOF_FAILED' || result.code === 'PROOF_TOO_OFTEN') {
    return { kind: 'CORRECT', status, part: 'phone', problem: { message, details: [], remedy } }
  }
  return { kind: 'REFUSED', status, state: stateOf(result), message, remedy }
}

function partOf(path: string | undefined): FormPart {
  const field = path?.split('.').at(-1) ?? ''
  if (field === 'level') return 'level'
  if (field === 'text') return 'text'
  if (field === 'phoneLastFour') return 'phone'
  return path?.split('.').includes('items') ? 'reason' : null
}

function stateOf(refusal: { __typename: string; code: string }): Exclude<RatingFormState, 'OPEN'> {
  if (refusal.__typename === 'AlreadyEvaluated') return 'ALREADY_EVALUATED'
  if (refusal.__typename === 'CaseNotRateable') return 'NOT_RATEABLE'
  return refusal.code === 'CODE_EXPIRED' ? 'EXPIRED' : 'INVALID'
}
