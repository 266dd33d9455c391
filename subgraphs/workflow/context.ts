import type { Database } from '../shared/database.ts'
import type { LogTail } from '../shared/events/log-tail.ts'
import type { Viewer } from '../shared/viewer.ts'
import { createLoaders, type Loaders } from './store/loaders.ts'

/** What the resolvers of one request are given. */
export type WorkflowContext = { viewer: Viewer; database: Database; tail: LogTail; now: () => Date; loaders: Loaders }

/** Makes the context of each request: its viewer, and loaders that live as long as it does. */
export function contextOf(parts: Pick<WorkflowContext, 'database' | 'tail' | 'now'>) {
  return (viewer: Viewer): WorkflowContext => ({ ...parts, viewer, loaders: createLoaders(parts.database, viewer) })
}
