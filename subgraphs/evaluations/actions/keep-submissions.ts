import { recordEvents } from '../../../db/outbox.ts'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Database, Transaction } from '../../shared/database.ts'
import { placementColumns } from '../../shared/placement-columns.ts'
import { newId } from '../../shared/uuid.ts'
import { channelNumber } from '../domain/channel.ts'
import { isSuspectedPersonal } from '../domain/comment.ts'
import { contentHash } from '../domain/content-hash.ts'
import type { Identification } from '../domain/permission.ts'
import { receiptHashes, receiptNumberOf } from '../domain/receipt-number.ts'
import type { AcceptedDraft } from '../domain/submission.ts'
import { instantInId } from '../domain/visibility.ts'
import { evaluationSubmitted } from '../events.ts'
import type { KeptEvaluation } from '../store/evaluation-queries.ts'
import { createMicroBatch, type MicroBatch } from '../store/micro-batch.ts'
import type { RatedService } from '../store/rated-service.ts'
import { insertRatings, keyHolders, keyText, type RatingRow } from '../store/rating-rows.ts'

/** An accepted rating (待存评价), before it has an id and a time. */
export type Submission = {
  service: RatedService
  draft: AcceptedDraft
  itemEdition: number
  identification: Identification
}

/**
 * What became of it: KEPT now; REPEATED, the same content was kept before and its receipt is answered; or the service was rated
 * with another content, and that first rating stands.
 */
export type SubmissionOutcome =
  | { outcome: 'KEPT'; evaluation: KeptEvaluation; receiptNumber: string }
  | { outcome: 'REPEATED'; evaluationId: string; receiptNumber: string }
  | { outcome: 'OTHER_CONTENT' }

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
function isDataFault(error: unknown): boolean {
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
  const keptIds = await insertRatings(transaction, rows)
  const events = rows.flatMap((row, index) => (keptIds.has(row.id) ? [eventOf(row, submissions[index]!)] : []))
  await recordEvents(transaction, 'evaluations', events)
  const refused = rows.filter(({ id }) => !keptIds.has(id))
  const holders = await keyHolders(transaction, refused)
  return rows.map(row => {
    if (keptIds.has(row.id)) {
      const receiptNumber = receiptNumberOf(row.id, crypto.receiptMac)
      return { outcome: 'KEPT', evaluation: evaluationOf(row), receiptNumber }
    }
    const holder = holders.get(keyText(row))
    if (!holder) throw new Error('the key of a rating is taken, yet nobody holds it')
    if (holder.content_hash !== row.content_hash) return { outcome: 'OTHER_CONTENT' }
    const receiptNumber = receiptNumberOf(holder.evaluation_id, crypto.receiptMac, holder.receipt_key_id)
    return { outcome: 'REPEATED', evaluationId: holder.evaluation_id, receiptNumber }
  })
}

function ratingRow(
  { service, draft, itemEdition, identification }: Submission,
  now: Date,
  crypto: CryptoPort,
): RatingRow {
  const id = newId(instantInId({ isAnonymous: draft.isAnonymous, evaluatedAt: now }).getTime())
  return {
    id,
    city_code: service.serviceCase.cityCode,
    subject_id: service.serviceCase.caseId,
    case_id: service.serviceCase.caseId,
    service_number: service.serviceNumber,
    round: draft.round,
    level: draft.level,
    channel: channelNumber(draft.channel),
    item_edition: itemEdition,
    items: draft.items,
    is_public: draft.isPublic,
    is_anonymous: draft.isAnonymous,
    evaluated_at: now,
    committed_at: now,
    matter_id: service.serviceCase.matterId,
    ...placementColumns(service.servedBy.placement),
    content_hash: contentHash(draft),
    receipt_key_id: crypto.receiptMac.current,
    receipt_hash: receiptHashes(receiptNumberOf(id, crypto.receiptMac), crypto.receiptMac)[0],
    identified_by: identification,
    body: draft.text,
    is_suspected_personal: draft.text !== null && isSuspectedPersonal(draft.text),
  }
}

function eventOf(row: RatingRow, { draft, service }: Submission) {
  const { channel, isNegative } = draft
  return evaluationSubmitted(row, { channel, isNegative, policyId: service.serviceCase.policyId })
}

function evaluationOf(row: RatingRow): KeptEvaluation {
  return {
    id: row.id,
    caseId: row.case_id,
    serviceNumber: row.service_number,
    round: row.round,
    level: row.level,
    channel: row.channel,
    items: row.items,
    isPublic: row.is_public,
    isAnonymous: row.is_anonymous,
    evaluatedAt: row.evaluated_at,
    departmentId: row.department_id,
    hallId: row.hall_id,
    windowId: row.window_id,
    staffMemberId: row.staff_member_id,
    text: row.body,
    isTextSuspectedPersonal: row.is_suspected_personal,
  }
}
