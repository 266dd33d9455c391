import type { Transaction } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Scope } from '../../shared/viewer.ts'
import type { EvaluationsContext } from '../context.ts'
import { isSignedInCitizen } from '../domain/permission.ts'
import { readReceiptNumber, receiptHashes } from '../domain/receipt-number.ts'
import { evaluationIdOfReceipt, evaluationsById } from '../store/evaluation-queries.ts'
import { type FollowedRating, followedRating } from '../store/followed-ratings.ts'

/** How somebody names a rating of his: by its secret, or by its id when he is signed in. */
export type NamedRating = { receiptNumber?: string | null; evaluationId?: string | null }

/** A rating to be followed up, how its rater proved himself, and under which names pictures for it wait. */
export type Followed = { rating: FollowedRating; by: 'RECEIPT_NUMBER' | 'SIGNED_IN'; keepers: readonly string[] }

const receiptScope: Scope = { reach: 'EVERYTHING', name: 'rating-code' }

/** The rating that somebody may follow up (本人评价); null when the number is unknown, or the rating is not of his own. */
export async function findFollowedRating(
  { receiptNumber, evaluationId }: NamedRating,
  context: EvaluationsContext,
): Promise<Followed | null> {
  if (receiptNumber != null) return byReceipt(receiptNumber, context)
  return evaluationId != null && isSignedInCitizen(context.viewer) ? bySignIn(evaluationId, context) : null
}

async function byReceipt(typed: string, { database, crypto }: EvaluationsContext): Promise<Followed | null> {
  const receipt = readReceiptNumber(typed)
  if (!receipt.ok) return null
  const hashes = receiptHashes(receipt.number, crypto.receiptMac)
  const rating = await database.inScope(receiptScope, async tx => {
    const id = await evaluationIdOfReceipt(tx, hashes)
    return id === null ? null : followedRating(tx, id)
  })
  return rating && { rating, by: 'RECEIPT_NUMBER', keepers: [...hashes, ...codeOf(rating)] }
}

async function bySignIn(id: string, { database, viewer }: EvaluationsContext): Promise<Followed | null> {
  if (!isId(id)) return null
  const isOwn = async (tx: Transaction) => (await evaluationsById(tx, [id])).length > 0
  if (!(await database.inScope(viewer.scope, isOwn))) return null
  const rating = await database.inScope(receiptScope, tx => followedRating(tx, id))
  return rating && { rating, by: 'SIGNED_IN', keepers: codeOf(rating) }
}

/** Pictures may have been uploaded by a code of the case as well. */
const codeOf = ({ codeHandle }: FollowedRating): string[] => (codeHandle === null ? [] : [codeHandle])
