import { type ExecutionResult, execute, GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Viewer } from '../subgraphs/shared/viewer.ts'
import type { Documents, PreparedDocument, PreparedOperation } from './documents.ts'
import { limits } from './limits/limits.ts'
import { largestPage } from './limits/page-size.ts'
import type { Planner } from './planner.ts'

export type OperationRequest = {
  text: string
  variables?: Record<string, unknown> | null
  operationName?: string | null
  viewer: Viewer
}

/** An operation that was found, and whose variables were checked: everything short of running it. */
export type ReadyOperation = {
  prepared: PreparedDocument
  operation: PreparedOperation
  /** As the client sent them; planners apply defaults themselves. */
  variables: Record<string, unknown>
}

export type OperationRunner = {
  /** Checks limits, document and variables; the errors say why not. */
  ready(request: OperationRequest): ReadyOperation | GraphQLError[]
  /** Runs a query or a mutation. */
  run(ready: ReadyOperation, viewer: Viewer): Promise<ExecutionResult>
}

/** Takes a request from text to answer (执行): one way for HTTP, WebSocket and the pages of this process. */
export function createOperationRunner(options: {
  documents: Documents
  schema: GraphQLSchema
  planner: Planner
}): OperationRunner {
  const { documents, schema, planner } = options
  return {
    ready({ text, variables, operationName }) {
      const prepared = documents.prepare(text)
      if (Array.isArray(prepared)) return prepared
      const operation = choose(prepared, operationName)
      if (operation instanceof GraphQLError) return [operation]
      const given = variables ?? {}
      const { errors } = getVariableValues(schema, operation.node.variableDefinitions ?? [], given, { maxErrors: 5 })
      if (errors) return errors.map(error => graphError('BAD_USER_INPUT', { fact: error.message }))
      const first = largestPage(prepared.pageSizes, operation.node, given)
      if (first > limits.pageSize) return [graphError('PAGE_TOO_LARGE', { first })]
      return { prepared, operation, variables: given }
    },
    async run({ prepared, operation, variables }, viewer) {
      const operationName = operation.node.name?.value
      if (operation.introspection !== 'none') {
        return execute({ schema, document: prepared.document, variableValues: variables, operationName })
      }
      return planner.execute({ document: prepared.document, text: prepared.text, operationName, variables, viewer })
    },
  }
}

function choose(
  prepared: PreparedDocument,
  operationName: string | null | undefined,
): PreparedOperation | GraphQLError {
  const { operations } = prepared
  const chosen = operationName
    ? operations.find(({ node }) => node.name?.value === operationName)
    : operations.length === 1
      ? operations[0]
      : undefined
  return chosen ?? graphError('BAD_REQUEST', { fact: 'operationName' })
}
