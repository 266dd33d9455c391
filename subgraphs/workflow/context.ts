import type { CryptoPort } from '../shared/crypto/crypto-port.ts'
import type { Database } from '../shared/database.ts'
import type { LogTail } from '../shared/events/log-tail.ts'
import type { Subgraph } from '../shared/subgraph.ts'
import type { Viewer } from '../shared/viewer.ts'
import { createLoaders, type Loaders } from './store/loaders.ts'

/** What the resolvers of one request are given. */
export type WorkflowContext = {
  viewer: Viewer
  database: Database
  crypto: CryptoPort
  tail: LogTail
  now: () => Date
  loaders: Loaders
  /** The evaluations subgraph over the internal hop. */
  evaluations: () => Subgraph
  /** The cases subgraph over the internal hop. */
  cases: () => Subgraph
}

/** Makes the context of each request: its viewer, and loaders that live as long as it does. */
export function contextOf(parts: Omit<WorkflowContext, 'viewer' | 'loaders'>) {
  return (viewer: Viewer): WorkflowContext => ({ ...parts, viewer, loaders: createLoaders(parts.database, viewer) })
}
