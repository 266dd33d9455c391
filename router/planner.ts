import type { DocumentNode, ExecutionResult } from 'graphql'
import type { Viewer } from '../subgraphs/shared/viewer.ts'

export type PlannedRequest = {
  /** Parsed once; planners keep their plans by this object. */
  document: DocumentNode
  /** The same document as text, for planners behind an address. */
  text: string
  operationName?: string
  variables?: Record<string, unknown>
  viewer: Viewer
}

/** Turns one operation over the whole graph into requests to the subgraphs (规划器). Queries and mutations only: subscriptions belong to the door. */
export type Planner = {
  execute(request: PlannedRequest): Promise<ExecutionResult>
  stop(): Promise<void>
}
