import type { CryptoPort } from '../shared/crypto/crypto-port.ts'
import type { Database } from '../shared/database.ts'
import type { LogTail } from '../shared/events/log-tail.ts'
import type { Viewer } from '../shared/viewer.ts'
import { createLoaders, type Loaders } from './store/loaders.ts'
import { createRequestReader, type RequestReader } from './store/request-reader.ts'
import type { UnknownNames } from './store/unknown-names.ts'

/** What the whole subgraph works with; made once at its start. */
export type CasesParts = {
  database: Database
  crypto: CryptoPort
  now: () => Date
  tail: LogTail
  unknownNames: UnknownNames
  /** Hash of a password that nobody has. */
  decoyHash: string
}

/** What resolvers get with each request. */
export type CasesContext = CasesParts & {
  viewer: Viewer
  read: RequestReader
  load: Loaders
  /** From here on the request is asked by someone else: whoever has just signed in reads as himself. */
  actAs(this: CasesContext, viewer: Viewer): void
}

export function createContext(parts: CasesParts, viewer: Viewer): CasesContext {
  const context = {
    ...parts,
    // By `this`: Apollo Server hands resolvers a copy of the context.
    actAs(this: CasesContext, next: Viewer) {
      this.viewer = next
      this.read = createRequestReader(parts.database, next.scope)
      this.load = createLoaders(this.read)
    },
  } as CasesContext
  context.actAs(viewer)
  return context
}
