import type { Database } from '../shared/database.ts'
import type { Viewer } from '../shared/viewer.ts'
import { createLoaders, type Loaders } from './store/loaders.ts'

/** What the resolvers of one request are given. */
export type ExchangeContext = { viewer: Viewer; database: Database; loaders: Loaders }

/** Makes the context of each request: its viewer, and loaders that live as long as it does. */
export function contextOf(database: Database) {
  return (viewer: Viewer): ExchangeContext => ({ viewer, database, loaders: createLoaders(database, viewer) })
}
