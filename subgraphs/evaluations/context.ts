import type { WorkCalendar } from '../shared/clock/calendar.ts'
import type { CryptoPort } from '../shared/crypto/crypto-port.ts'
import type { Database } from '../shared/database.ts'
import type { Log } from '../shared/log.ts'
import type { Subgraph } from '../shared/subgraph.ts'
import type { Viewer } from '../shared/viewer.ts'
import type { Submission, SubmissionOutcome } from './actions/keep-submissions.ts'
import type { RatingCode } from './domain/rating-code.ts'
import type { PictureStore } from './pictures/picture-store.ts'
import type { Turns } from './pictures/turns.ts'
import type { ScanCounter } from './store/code-scans.ts'
import type { createDefaultEvaluationLoader } from './store/default-evaluation-loader.ts'
import type { VisibleDevices } from './store/device-visibility.ts'
import type { createKnownCaseLoader } from './store/known-case-loader.ts'
import type { KnownStaticCode } from './store/known-static-code.ts'
import type { Loaders } from './store/loaders.ts'
import type { MicroBatch } from './store/micro-batch.ts'
import type { PhoneSearches } from './store/phone-searches.ts'
import type { ProofAttempts } from './store/proof-attempts.ts'
import type { RatedService } from './store/rated-service.ts'
import type { createSmsInvitationLoader } from './store/sms-invitation-loader.ts'
import type { createStaticCodeLoaders } from './store/static-code-loaders.ts'

/** What the subgraph holds for as long as it runs. */
export type EvaluationsServices = {
  database: Database
  crypto: CryptoPort
  now: () => Date
  log: Log
  /** Address in QR codes, without a slash at the end. */
  publicUrl: string
  /** The cases subgraph over the internal hop. */
  cases: () => Subgraph
  /** The exchange subgraph over the internal hop. */
  exchange: () => Subgraph
  /** What codes lead to, asked together for all requests of the moment. */
  ratedServices: MicroBatch<Pick<RatingCode, 'handle' | 'point'>, RatedService | null>
  /** Static codes by their handle, asked together as well. */
  staticCodes: MicroBatch<string, KnownStaticCode | null>
  submissions: MicroBatch<Submission, SubmissionOutcome>
  /** The bytes of pictures, apart from the database. */
  pictureStore: PictureStore
  proofAttempts: ProofAttempts
  /** Scans of static codes, gathered before they are written. */
  scans: ScanCounter
  calendar: WorkCalendar
  phoneSearches: PhoneSearches
  /** Few batches of devices at once: each holds a connection while its ratings wait for another. */
  deviceTurns: Turns
  /** Few batches of uploads at once, for the same reason. */
  uploadTurns: Turns
}

/** What resolvers and actions get: one request of one viewer. */
export type EvaluationsContext = EvaluationsServices & {
  viewer: Viewer
  loaders: Loaders &
    ReturnType<typeof createStaticCodeLoaders> &
    ReturnType<typeof createKnownCaseLoader> &
    ReturnType<typeof createDefaultEvaluationLoader> &
    ReturnType<typeof createSmsInvitationLoader>
  visibleDevices: VisibleDevices
}
