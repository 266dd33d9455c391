import { type ErrorCode, errorCatalogue } from '../../subgraphs/shared/error-catalogue.ts'
import type { RatingFormState, SubmitRatingMutation } from '../kit/generated/operations.ts'
import { type Language, messageIn, remedyIn } from '../kit/language.ts'
import { formWording } from './form-wording.ts'
import type { Problem } from './problem-box.tsx'
import { hasLevel, type RatingDraft } from './rating-draft.ts'

/** Which part of the form a problem belongs to; null for the form as a whole. */
export type FormPart = 'level' | 'reason' | 'text' | 'phone' | 'more' | 'pictures' | null

/** What a submitted rating leads to. */
export type SubmissionAnswer =
  | { kind: 'STORED'; receiptNumber: string }
  | { kind: 'CORRECT'; status: number; part: FormPart; problem: Problem }
  | { kind: 'REFUSED'; status: number; state: Exclude<RatingFormState, 'OPEN'>; message: string; remedy: string }

type Correction = Extract<SubmissionAnswer, { kind: 'CORRECT' }>

/** The one thing that the page itself must ask for: without a level there is nothing that the graph could judge. */
export function missingLevel(draft: RatingDraft, language: Language): Correction | null {
  if (hasLevel(draft)) return null
  const problem = { message: formWording[language].chooseLevel, details: [], remedy: '' }
  return { kind: 'CORRECT', status: 422, part: 'level', problem }
}

type Refusal = { __typename: string; code: string; message: string; messageEnglish: string; remedy: string }
type Faulty = Refusal & { problems: { path: string; message: string; messageEnglish: string }[] }

/** Turns the graph's answer into what the person sees next. */
export function submissionAnswer(
  result: SubmitRatingMutation['submitEvaluation'],
  language: Language,
): SubmissionAnswer {
  if (result.__typename === 'SubmitEvaluationSuccess') return { kind: 'STORED', receiptNumber: result.receiptNumber }
  if (result.__typename === 'InvalidEvaluation') return correction(result, language)
  const { status, message, remedy } = said(result, language)
  if (result.code === 'PROOF_FAILED' || result.code === 'PROOF_TOO_OFTEN') {
    return { kind: 'CORRECT', status, part: 'phone', problem: { message, details: [], remedy } }
  }
  return { kind: 'REFUSED', status, state: stateOf(result), message, remedy }
}

/** What has to be corrected, field by field. */
export function correction(result: Faulty, language: Language): Correction {
  const { status, message, remedy } = said(result, language)
  const details = result.problems.map(problem => messageIn(language, problem))
  return {
    kind: 'CORRECT',
    status,
    part: partOf(result.problems[0]?.path),
    problem: { message, details, remedy },
  }
}

/** A refusal in the reader's language, with its status. */
export function said(refusal: Omit<Refusal, '__typename'>, language: Language) {
  return {
    status: errorCatalogue[refusal.code as ErrorCode]?.httpStatus ?? 409,
    message: messageIn(language, refusal),
    remedy: remedyIn(language, refusal.remedy),
  }
}

const partsOfFields: Record<string, FormPart> = {
  level: 'level',
  items: 'reason',
  text: 'text',
  phoneLastFour: 'phone',
  pictures: 'pictures',
  subRatings: 'more',
  contactPhone: 'more',
  relation: 'more',
}

function partOf(path: string | undefined): FormPart {
  const fields = path?.split('.').filter(field => field !== 'input') ?? []
  return partsOfFields[fields[0] ?? ''] ?? null
}

function stateOf(refusal: { __typename: string; code: string }): Exclude<RatingFormState, 'OPEN'> {
  if (refusal.__typename === 'AlreadyEvaluated') return 'ALREADY_EVALUATED'
  if (refusal.__typename === 'CaseNotRateable') return 'NOT_RATEABLE'
  return refusal.code === 'CODE_EXPIRED' || refusal.code === 'CODE_RETIRED' ? 'EXPIRED' : 'INVALID'
}
