import type { ExecutionResult } from 'graphql'
import { type ErrorCode, errorCatalogue } from '../subgraphs/shared/error-catalogue.ts'
import type { AnswerType } from './media-type.ts'

/** With `application/json` these are part of a well-formed GraphQL answer, so their status is 200 (GraphQL over HTTP, legacy media type). */
const ordinaryInJson = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])

/** Status of an answer (HTTP 状态): 200 once there is a `data` entry, otherwise that of its first error in the catalogue. */
export function statusOf(result: ExecutionResult, type: AnswerType): number {
  if ('data' in result && result.data !== undefined) return 200
  const code = String(result.errors?.[0]?.extensions?.code)
  if (type === 'application/json' && ordinaryInJson.has(code)) return 200
  return errorCatalogue[code as ErrorCode]?.httpStatus ?? 500
}
