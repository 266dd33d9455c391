import { type ExecutionResult, executeSync, type GraphQLSchema } from 'graphql'
import type { FeedOperation } from './feed-operation.ts'

/**
 * A heartbeat with the client's own selection (心跳): where the feed stands and the server's time, no entity.
 * Null when the selection asks for something required that only a real event has.
 */
export function heartbeatJson(
  schema: GraphQLSchema,
  operation: FeedOperation,
  variables: Record<string, unknown>,
  state: { epoch: string; position: number; serverTime: string },
): string | null {
  const position = String(state.position)
  const event = {
    __typename: operation.field.eventType,
    epoch: state.epoch,
    position,
    previousPosition: position,
    kind: 'HEARTBEAT',
    isHeartbeat: true,
    at: state.serverTime,
    serverTime: state.serverTime,
  }
  const result: ExecutionResult = executeSync({
    schema,
    document: operation.document,
    operationName: operation.operationName,
    variableValues: variables,
    rootValue: { [operation.field.name]: event },
  })
  return result.errors ? null : JSON.stringify({ data: result.data })
}
