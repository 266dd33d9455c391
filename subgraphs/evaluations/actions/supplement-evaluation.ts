import { placementColumns } from '../../shared/placement-columns.ts'
import type { EvaluationsContext } from '../context.ts'
import { isSuspectedPersonal } from '../domain/comment.ts'
import { mayFollowUp, nothingAdded, supplementFault, supplementProblem } from '../domain/follow-up.ts'
import { editionInForce } from '../domain/item-editions.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { rateableCase } from '../domain/rateable-case.ts'
import { askedAbout, type SubRatings } from '../domain/sub-ratings.ts'
import { type AcceptedDraft, judgeDraft, pictureUnknown } from '../domain/submission.ts'
import { evaluationsById, type KeptEvaluation } from '../store/evaluation-queries.ts'
import { type FollowedRating, secondSubjectOf } from '../store/followed-ratings.ts'
import { claimPictures, keepPictures, type TakenPicture } from '../store/rating-pictures.ts'
import { insertSupplement, isSameSupplement, keptSupplement, type SupplementDraft } from '../store/supplement-rows.ts'
import { followUpChannel } from './append-evaluation.ts'
import { findFollowedRating } from './find-followed-rating.ts'
import { findPictures } from './find-pictures.ts'
import { type InvalidEvaluation, invalidEvaluation } from './keep-submission.ts'
import { type Refused, refused } from './refused.ts'

/** What somebody adds to his rating (补充评价). */
export type HandedInSupplement = {
  receiptNumber: string
  items: string[]
  text: string | null
  subRatings?: Partial<SubRatings> | null
  /** Ids of pictures uploaded with the receipt number. */
  pictures: readonly string[]
}

export type SupplementRefused = Refused<'AlreadyEvaluated' | 'EvaluationNotFound'> | InvalidEvaluation

const receiptScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Adds to a rating that has its level alone (补充评价), once and within the late window. The rating, its time and its clocks stay as they
 * are. The same again is answered as done; something else is refused, and what was added first stands.
 */
export async function supplementEvaluation(
  handedIn: HandedInSupplement,
  context: EvaluationsContext,
): Promise<{ evaluation: KeptEvaluation } | SupplementRefused> {
  if (!mayFollowUp(context.viewer)) return refused('EvaluationNotFound', 'NOT_PERMITTED')
  const followed = await findFollowedRating(handedIn, context)
  if (!followed) return refused('EvaluationNotFound', 'EVALUATION_UNKNOWN')
  const { rating, keepers } = followed
  const now = context.now()
  const policy = policyOfCase(rating.policyId, now)
  const { serviceCase, subjectKind, level } = rating
  const fault = supplementFault(rating, serviceCase && rateableCase(serviceCase, true), now, policy)
  if (fault && fault !== 'ALREADY_SUPPLEMENTED') {
    return invalidEvaluation([supplementProblem(fault, policy.lateWindowDays.value)])
  }

  const said = { ...handedIn, level, round: rating.round, channel: followUpChannel(followed) }
  const judged = judgeDraft(said, now, policy, askedAbout(subjectKind, serviceCase))
  if (!judged.accepted) return invalidEvaluation(judged.problems)
  const draft = supplementDraft(judged.accepted, editionInForce(now, subjectKind)?.number ?? 0)
  const wanted = handedIn.pictures.map(id => id.toLowerCase())
  if (isEmpty(draft) && wanted.length === 0) return invalidEvaluation([nothingAdded()])
  const rated = { ...rating, subjectId: secondSubjectOf(rating) }
  const { pictures } = await findPictures(wanted, keepers, rated, context)
  return keep({ rating, draft, wanted, pictures }, now, context)
}

function supplementDraft({ items, text, subRatings }: AcceptedDraft, itemEdition: number): SupplementDraft {
  const words = [text, subRatings?.environmentReason, subRatings?.attitudeReason]
  const isSuspected = words.some(each => each != null && isSuspectedPersonal(each))
  return { itemEdition, items, text, subRatings, isSuspectedPersonal: isSuspected }
}

const isEmpty = ({ items, text, subRatings }: SupplementDraft) =>
  items.length === 0 && text === null && subRatings === null

type Addition = {
  rating: FollowedRating
  draft: SupplementDraft
  /** Ids of the pictures as they were asked for. */
  wanted: readonly string[]
  /** Those of them that wait for it. */
  pictures: readonly TakenPicture[]
}

/** The row is the last judge: of several that arrive at once one is kept, the others are answered by its content. */
function keep({ rating, draft, wanted, pictures }: Addition, now: Date, { database }: EvaluationsContext) {
  return database.inScope(receiptScope, async tx => {
    const waiting = await claimPictures(
      tx,
      pictures.map(({ id }) => id),
    )
    const isKept = wanted.every(id => waiting.has(id)) && (await insertSupplement(tx, rating, draft, now))
    if (isKept) {
      const row = { id: rating.id, city_code: rating.cityCode, case_id: rating.caseId }
      await keepPictures(tx, [{ row: { ...row, ...placementColumns(rating.placement) }, pictures }])
    } else {
      const kept = await keptSupplement(tx, rating.id)
      if (!kept) return invalidEvaluation(wanted.flatMap((id, index) => (waiting.has(id) ? [] : pictureUnknown(index))))
      if (!isSameSupplement(kept, draft, wanted)) return refused('AlreadyEvaluated', 'RATING_SUPPLEMENTED')
    }
    const [evaluation] = await evaluationsById(tx, [rating.id])
    return { evaluation: evaluation! }
  })
}
