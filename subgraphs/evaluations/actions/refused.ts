import { type ErrorCode, type Refusal, refusal } from '../../shared/error-catalogue.ts'

/** A refusal under the name that it has in the graph. */
export type Refused<As extends string> = { refusedAs: As; refusal: Refusal }

export function refused<As extends string>(
  refusedAs: As,
  code: ErrorCode,
  facts: Record<string, string | number> = {},
): Refused<As> {
  return { refusedAs, refusal: refusal(code, facts) }
}
