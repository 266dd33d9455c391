import type { Database } from '../shared/database.ts'
import type { Viewer } from '../shared/viewer.ts'
import type { Messaging } from './messages/messaging.ts'
import { createLoaders, type Loaders } from './store/loaders.ts'

/** What the resolvers of one request are given. */
export type ExchangeContext = {
  viewer: Viewer
  database: Database
  now: () => Date
  messaging: Messaging
  loaders: Loaders
}

/** Makes the context of each request: its viewer, and loaders that live as long as it does. */
export function contextOf(services: Pick<ExchangeContext, 'database' | 'now' | 'messaging'>) {
  return (viewer: Viewer): ExchangeContext => ({
    ...services,
    viewer,
    loaders: createLoaders(services.database, viewer),
  })
}
