import type { CryptoPort } from '../shared/crypto/crypto-port.ts'
import type { Database } from '../shared/database.ts'
import type { Log } from '../shared/log.ts'
import type { Subgraph } from '../shared/subgraph.ts'
import type { Viewer } from '../shared/viewer.ts'
import type { Submission, SubmissionOutcome } from './actions/keep-submissions.ts'
import type { RatingCode } from './domain/rating-code.ts'
import type { Loaders } from './store/loaders.ts'
import type { MicroBatch } from './store/micro-batch.ts'
import type { ProofAttempts } from './store/proof-attempts.ts'
import type { RatedService } from './store/rated-service.ts'

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
  /** What codes lead to, asked together for all requests of the moment. */
  ratedServices: MicroBatch<Pick<RatingCode, 'caseHandle' | 'point'>, RatedService | null>
  submissions: MicroBatch<Submission, SubmissionOutcome>
  proofAttempts: ProofAttempts
}

/** What resolvers and actions get: one request of one viewer. */
export type EvaluationsContext = EvaluationsServices & { viewer: Viewer; loaders: Loaders }
