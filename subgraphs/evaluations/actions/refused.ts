import { type ErrorCode, type Refusal, refusal } from '../../shared/error-catalogue.ts'
import type { Problem } from '../domain/problem.ts'

/** A refusal under the name that it has in the graph. */
export type Refused<As extends string> = { refusedAs: As; refusal: Refusal }

export function refused<As extends string>(
  refusedAs: As,
  code: ErrorCode,
  facts: Record<string, string | number> = {},
): Refused<As> {
  return { refusedAs, refusal: refusal(code, facts) }
}

/** An input that does not hold, with each fault of each field. */
export type InvalidInput = Refused<'InvalidEvaluation'> & { problems: Problem[] }

export function invalidInput(problems: Problem[]): InvalidInput {
  return { ...refused('InvalidEvaluation', 'INVALID_INPUT'), problems }
}
