import { GraphQLError } from 'graphql'
import { type ErrorCode, refusal } from './error-catalogue.ts'

/**
 * A top-level error of the graph: bug, outage, not signed in or malformed request. Business refusals are union members instead.
 */
export function graphError(code: ErrorCode, facts: Record<string, string | number> = {}): GraphQLError {
  const { message, messageEnglish, remedy } = refusal(code, facts)
  return new GraphQLError(`${message} ${messageEnglish}`, { extensions: { code, remedy } })
}
