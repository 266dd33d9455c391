import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'
import type { Viewer } from './viewer.ts'

export type SubgraphName = 'cases' | 'evaluations' | 'workflow' | 'exchange'

export type SubgraphRequest = {
  document: DocumentNode
  variables?: Record<string, unknown>
  operationName?: string
  viewer: Viewer
  /** Ends the wait; the work itself may go on in the subgraph. */
  signal?: AbortSignal
}

/** A running subgraph, wherever it runs: in this process, or behind an address with a signed identity on every hop. */
export type Subgraph = {
  name: SubgraphName
  execute(request: SubgraphRequest): Promise<ExecutionResult>
  /** Streams until `return()`; a refusal comes as one result. Remote ones resume by themselves after a restart. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>
  stop(): Promise<void>
}

/** A subgraph of this process, with its schema. */
export type LocalSubgraph = Subgraph & { schema: GraphQLSchema }
