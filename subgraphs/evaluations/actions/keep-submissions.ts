import { recordEvents } from '../../../db/outbox.ts'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database, Transaction } from '../../shared/database.ts'
import type { RatedSubject } from '../domain/rated-subject.ts'
import type { Rater } from '../domain/rater.ts'
import { receiptNumberOf } from '../domain/receipt-number.ts'
import type { AcceptedDraft } from '../domain/submission.ts'
import { evaluationSubmitted } from '../events.ts'
import type { KeptEvaluation } from '../store/evaluation-queries.ts'
import { createMicroBatch, type MicroBatch } from '../store/micro-batch.ts'
import { claimPictures, keepPictures, type TakenPicture } from '../store/rating-pictures.ts'
import { insertRatings, keyHolders, keyText, type RatingRow } from '../store/rating-rows.ts'
import { evaluationOfRow, ratingRow } from './rating-row.ts'

/** An accepted rating (待存评价), before it has an id and a time. */
export type Submission = {
  subject: RatedSubject
  draft: AcceptedDraft
  itemEdition: number
  rater: Rater
  /** Uploaded with the code, in the order in which they are shown. */
  pictures: readonly TakenPicture[]
  /** When the rater gave it, where that was before it arrived (离线评价); null when it is the moment of the commit. */
  givenAt: Date | null
  /** A second rating of how a bad one was put right (对整改结果的评价). */
  isAboutRectification: boolean
  /** Of another platform, by its own id there (其他平台移交). */
  handedOver?: { sourceSystem: string; sourceRatingId: string }
}

/**
 * What became of it: KEPT now; REPEATED, the same content was kept before and its receipt is answered; or the service was rated
 * with another content, and that first rating stands. PICTURES_GONE: another rating took some of its pictures meanwhile; nothing is kept.
 */
export type SubmissionOutcome =
  | { outcome: 'KEPT'; evaluation: KeptEvaluation; receiptNumber: string }
  | { outcome: 'REPEATED'; evaluationId: string; receiptNumber: string }
  | { outcome: 'OTHER_CONTENT' }
  | { outcome: 'PICTURES_GONE'; gone: string[] }

const writeScope = { reach: 'EVERYTHING', name: 'rating-code' } as const
// More in one statement hardly costs less a row, and everyone in it waits for the last one.
const LARGEST_BATCH = 200
// While one batch waits for its commit, the next one is prepared and sent.
const BATCHES_AT_ONCE = 2

/**
 * Keeps ratings that arrive at the same time in one transaction: key, rating, text, person, receipt and event together. The key
 * (case, service, round) is the last judge: of several for one service exactly one is kept, the others are answered by its content.
 */
export function createSubmissionKeeper(options: {
  database: Database
  crypto: CryptoPort
  now: () => Date
}): MicroBatch<Submission, SubmissionOutcome> {
  const { database, crypto, now } = options
  return createMicroBatch<Submission, SubmissionOutcome>({
    largest: LARGEST_BATCH,
    atOnce: BATCHES_AT_ONCE,
    work: submissions => database.inScope(writeScope, tx => keepAll(tx, submissions, now(), crypto)),
    isFaultOfOne: isDataFault,
  })
}

/** Classes 22, 23 and 42 of SQLSTATE speak of values, constraints and rights; all others of the server or the way to it. */
export function isDataFault(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^(22|23|42)/.test(code)
}

async function keepAll(
  transaction: Transaction,
  submissions: Submission[],
  now: Date,
  crypto: CryptoPort,
): Promise<SubmissionOutcome[]> {
  const rows = submissions.map(submission => ratingRow(submission, now, crypto))
  const gone = await claimAll(transaction, submissions)
  const keptIds = await insertRatings(
    transaction,
    rows.filter((_, index) => gone[index]!.length === 0),
  )
  const events = rows.flatMap((row, index) => (keptIds.has(row.id) ? [eventOf(row, submissions[index]!)] : []))
  await keepPictures(
    transaction,
    rows.flatMap((row, index) => (keptIds.has(row.id) ? [{ row, pictures: submissions[index]!.pictures }] : [])),
  )
  await recordEvents(transaction, 'evaluations', events)
  const refused = rows.filter(({ id }) => !keptIds.has(id))
  const holders = await keyHolders(transaction, refused)
  return rows.map((row, index) => {
    if (keptIds.has(row.id)) {
      const receiptNumber = receiptNumberOf(row.id, crypto.receiptMac)
      return { outcome: 'KEPT', evaluation: evaluationOfRow(row), receiptNumber }
    }
    const holder = holders.get(keyText(row))
    if (!holder && gone[index]!.length > 0) return { outcome: 'PICTURES_GONE', gone: gone[index]! }
    if (!holder) throw new Error('the key of a rating is taken, yet nobody holds it')
    if (holder.content_hash !== row.content_hash) return { outcome: 'OTHER_CONTENT' }
    const receiptNumber = receiptNumberOf(holder.evaluation_id, crypto.receiptMac, holder.receipt_key_id)
    return { outcome: 'REPEATED', evaluationId: holder.evaluation_id, receiptNumber }
  })
}

/** Of each submission the pictures that it cannot have: taken by a rating before it, or swept. The repeat of a rating misses its own. */
async function claimAll(transaction: Transaction, submissions: readonly Submission[]): Promise<string[][]> {
  const waiting = await claimPictures(
    transaction,
    submissions.flatMap(({ pictures }) => pictures.map(({ id }) => id)),
  )
  return submissions.map(({ pictures }) => {
    const gone = pictures.filter(({ id }) => !waiting.has(id)).map(({ id }) => id)
    if (gone.length === 0) for (const { id } of pictures) waiting.delete(id)
    return gone
  })
}

function eventOf(row: RatingRow, { draft, subject }: Submission) {
  const { channel, isNegative } = draft
  return evaluationSubmitted(row, { channel, isNegative, policyId: subject.policyId })
}
